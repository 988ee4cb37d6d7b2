package dev.canyon.security.request;

import dev.canyon.security.access.RefusalWriter;
import dev.canyon.security.access.RefusalWriter.Reason;
import dev.canyon.settings.InvalidPropertyException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects requests whose Host header is not a known name of this server. A web page can make its own domain name resolve to the
 * address of this server (DNS rebinding), and browsers then treat both as the same origin; the page cannot change the Host header.
 *
 * <p>Health checks of load balancers may use HTTP/1.0 without the header, as HAProxy does by default. Browsers never do.
 */
final class HostCheck extends OncePerRequestFilter {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final String HTTP_1_0 = "HTTP/1.0";

    private final Set<String> names = new TreeSet<>();
    private final RequestMatcher probes;
    private final RefusalWriter refusals;

    /**
     * @param probes requests that HTTP/1.0 clients may send without a Host header
     * @throws InvalidPropertyException if a name is not a host name
     */
    HostCheck(List<String> names, RequestMatcher probes, RefusalWriter refusals) {
        this.names.add("localhost");
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidPropertyException(
                        "canyon.security.allowed-hosts",
                        "'" + name
                                + "' is not a host name (expected: a name such as canyon.example.net, without scheme and port)");
            }
            this.names.add(name.toLowerCase(Locale.ROOT));
        }
        this.probes = probes;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getHeader(HttpHeaders.HOST) == null) {
            if (isProbe(request)) {
                chain.doFilter(request, response);
            } else {
                refuse(
                        request,
                        response,
                        "the request has no Host header: send an IP address or a name of this server, for example Host: localhost");
            }
        } else if (isAllowed(request.getServerName())) {
            chain.doFilter(request, response);
        } else {
            refuse(
                    request,
                    response,
                    "the Host header is not a name of this server: use an IP address or localhost, or add the name to"
                            + " canyon.security.allowed-hosts");
        }
    }

    private boolean isProbe(HttpServletRequest request) {
        return request.getProtocol().equals(HTTP_1_0) && probes.matches(request);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String detail) throws IOException {
        refusals.refuse(request, response, Reason.HOST_NOT_ALLOWED, detail);
    }

    /** Tomcat has validated that brackets enclose an IPv6 address. */
    private boolean isAllowed(String host) {
        return names.contains(host.toLowerCase(Locale.ROOT))
                || IPV4.matcher(host).matches()
                || host.startsWith("[");
    }
}
