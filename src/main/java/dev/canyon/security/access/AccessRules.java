package dev.canyon.security.access;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;

import dev.canyon.security.key.Role;
import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The access rules. The first matching rule decides; a request that matches none is denied. New API operations are covered by the
 * rules for their method: reading is for viewers, everything else for admins.
 */
public final class AccessRules {

    private static final String ADMIN = Role.ADMIN.name();
    private static final String VIEWER = Role.VIEWER.name();

    private final String actuator;

    /** @param actuator the base path of Actuator */
    public AccessRules(String actuator) {
        this.actuator = actuator;
    }

    public void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        // These dispatches continue a request that has already been authorized.
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                .permitAll();

        requests.requestMatchers(probes()).permitAll();
        requests.requestMatchers(reads(SignInPage.PATH, SignInPage.STYLE, "/favicon.ico", "/favicon.svg"))
                .permitAll();

        requests.requestMatchers(reads(endpoints("health", "info", "metrics", "prometheus")))
                .hasAnyRole(VIEWER, ADMIN);
        requests.requestMatchers(reads(EndpointRequest.toLinks())).hasAnyRole(VIEWER, ADMIN);
        requests.requestMatchers(EndpointRequest.toAnyEndpoint()).hasRole(ADMIN);

        // The settings of a capture are not confidential; the captured payloads are.
        requests.requestMatchers(reads("/api/*/listeners/*/capture")).hasAnyRole(VIEWER, ADMIN);
        requests.requestMatchers("/api/*/listeners/*/capture/**", "/api/*/listeners/*/{file:capture.+}/**")
                .hasRole(ADMIN);

        requests.requestMatchers(reads("/**")).hasAnyRole(VIEWER, ADMIN);
        requests.requestMatchers("/api/**").hasRole(ADMIN);
        requests.anyRequest().denyAll();
    }

    /** Reads of liveness and readiness, which orchestrators and load balancers send without a key. */
    public RequestMatcher probes() {
        return new OrRequestMatcher(reads(actuator + "/health/liveness", actuator + "/health/readiness"));
    }

    private static RequestMatcher[] reads(String... patterns) {
        return Arrays.stream(patterns)
                .flatMap(pattern -> Stream.of(GET, HEAD).map(method -> read(method, pattern)))
                .toArray(RequestMatcher[]::new);
    }

    private static RequestMatcher read(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
    }

    private static RequestMatcher reads(RequestMatcher what) {
        return request ->
                (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) && what.matches(request);
    }

    /** By name, which works at any base path and leaves out disabled endpoints. */
    private static RequestMatcher endpoints(String... names) {
        return EndpointRequest.to(names).excludingLinks();
    }
}
