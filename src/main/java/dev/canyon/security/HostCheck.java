package dev.canyon.security;

import dev.canyon.security.Refusals.Reason;
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
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests to names that are not known to be ours. A web page can give a name of its own our address (DNS rebinding),
 * and a browser then takes us for a part of that page; the name in Host is what it cannot change.
 */
final class HostCheck extends OncePerRequestFilter {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final Set<String> names = new TreeSet<>();
    private final Refusals refusals;

    /** @throws InvalidPropertyException if a name is none */
    HostCheck(List<String> names, Refusals refusals) {
        this.names.add("localhost");
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidPropertyException(
                        "canyon.security.allowed-hosts",
                        "'" + name
                                + "' is no host name (expected: one like canyon.example.net, without scheme and port)");
            }
            this.names.add(name.toLowerCase(Locale.ROOT));
        }
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Without the header, getServerName would make a name up from our own address.
        if (request.getHeader(HttpHeaders.HOST) != null && isOurs(request.getServerName())) {
            chain.doFilter(request, response);
        } else {
            refusals.refuse(
                    request,
                    response,
                    Reason.HOST_NOT_ALLOWED,
                    "the Host header names none of Canyon's names: call it by its address or as localhost, or add the"
                            + " name to canyon.security.allowed-hosts");
        }
    }

    /** Tomcat has seen to it that what is in brackets is an IPv6 address. */
    private boolean isOurs(String host) {
        return names.contains(host.toLowerCase(Locale.ROOT))
                || IPV4.matcher(host).matches()
                || host.startsWith("[");
    }
}
