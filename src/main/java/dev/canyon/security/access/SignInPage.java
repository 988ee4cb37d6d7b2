package dev.canyon.security.access;

import dev.canyon.security.key.KeyFailureLimit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** The page on which browser users enter their key, and from which they sign out. */
public final class SignInPage extends OncePerRequestFilter implements AuthenticationFailureHandler {

    public static final String PATH = "/login";
    static final String STYLE = "/login.css";
    /** The name of the form field that holds the key. */
    public static final String FIELD = "key";

    private static final String SIGN_IN = read("sign-in.html");
    private static final String SIGNED_IN = read("signed-in.html");

    private final AccessRefusals refusals;

    public SignInPage(AccessRefusals refusals) {
        this.refusals = refusals;
    }

    /** Whether the request comes from a browser that navigates to a page, not from a program or a script. */
    static boolean acceptsHtml(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getServletPath().equals(PATH)) {
            chain.doFilter(request, response);
        } else if (request.getUserPrincipal() == null) {
            write(response, SIGN_IN.replace("${message}", ""));
        } else {
            CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
            write(
                    response,
                    SIGNED_IN
                            .replace("${caller}", request.getUserPrincipal().getName())
                            .replace("${token}", token.getToken()));
        }
    }

    /** Shows the form again after a wrong key. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException ex) throws IOException {
        if (!acceptsHtml(request)) {
            refusals.onAuthenticationFailure(request, response, ex);
            return;
        }
        if (ex.getCause() instanceof KeyFailureLimit.TooManyFailuresException tooMany) {
            response.setStatus(429);
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.retryAfterSeconds()));
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
        write(response, SIGN_IN.replace("${message}", ex.getMessage() + "."));
    }

    private static void write(HttpServletResponse response, String page) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String name) {
        try (InputStream page = Objects.requireNonNull(SignInPage.class.getResourceAsStream(name), name)) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
