package dev.canyon.security.request;

import dev.canyon.security.access.RefusalWriter;
import dev.canyon.security.access.RefusalWriter.Reason;
import dev.canyon.security.access.SignInPage;
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
 * Rejects a query string that cannot be decoded, which Tomcat would only detect while a controller runs; and a key in the URL
 * of a sign-in, because URLs are stored by browsers and logged by proxies.
 */
final class QueryCheck extends OncePerRequestFilter {

    private static final int HEX = 16;

    private final RefusalWriter refusals;

    QueryCheck(RefusalWriter refusals) {
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
                    "the query contains a '%' that does not start a UTF-8 sequence: encode a literal '%' as '%25'");
        } else if (query != null && request.getServletPath().equals(SignInPage.PATH) && isPost(request)) {
            refuse(request, response, "send the key in the form, not in the URL: URLs are logged");
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

    /** Whether the query is percent-encoded UTF-8 (RFC 3986, sections 2.1 and 2.5). */
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
