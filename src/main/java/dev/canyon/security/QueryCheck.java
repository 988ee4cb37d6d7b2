package dev.canyon.security;

import dev.canyon.security.Refusals.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a query that cannot be decoded, before Tomcat fails on it deep within a call; and a key in the address of a sign-in, since
 * addresses are kept by browsers and logged by proxies.
 */
final class QueryCheck extends OncePerRequestFilter {

    private static final int HEX = 16;

    private final Refusals refusals;

    QueryCheck(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        if (query != null && !isWellEncoded(query)) {
            refuse(
                    request,
                    response,
                    "the query has a '%' that begins no character of UTF-8: write '%' itself as '%25'");
        } else if (query != null && request.getServletPath().equals(SignInPage.PATH) && isPost(request)) {
            refuse(request, response, "the key belongs in the form, not in the address, which is logged on the way");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isPost(HttpServletRequest request) {
        return "POST".equals(request.getMethod());
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String detail) throws IOException {
        refusals.refuse(request, response, Reason.MALFORMED, detail);
    }

    /** Percent-encoding of UTF-8 (RFC 3986, 2.1 and 2.5). */
    static boolean isWellEncoded(String query) {
        ByteBuffer bytes = ByteBuffer.allocate(query.length());
        for (int at = 0; at < query.length(); at++) {
            if (query.charAt(at) != '%') {
                bytes.put((byte) query.charAt(at));
                continue;
            }
            int high = at + 2 < query.length() ? Character.digit(query.charAt(at + 1), HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(query.charAt(at + 2), HEX);
            if (low < 0) {
                return false;
            }
            bytes.put((byte) (high * HEX + low));
            at += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException ex) {
            return false;
        }
    }
}
