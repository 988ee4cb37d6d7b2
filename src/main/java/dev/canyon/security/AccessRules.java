package dev.canyon.security;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;

import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may do what. The first rule that fits decides, and what none fits nobody may do. New calls of the API fall under the rule
 * for their method: reading is for viewers, everything else for admins.
 */
final class AccessRules {

    private static final String ADMIN = Role.ADMIN.name();
    private static final String VIEWER = Role.VIEWER.name();

    private final String actuator;

    /** @param actuator the path of Actuator */
    AccessRules(String actuator) {
        this.actuator = actuator;
    }

    void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        // A request that goes on after it has waited or failed was let in before.
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                .permitAll();

        requests.requestMatchers(reads(actuator + "/health/liveness", actuator + "/health/readiness"))
                .permitAll();
        requests.requestMatchers(reads(SignInPage.PATH, SignInPage.STYLE, "/favicon.ico", "/favicon.svg"))
                .permitAll();

        requests.requestMatchers(reads(endpoints("health", "info", "metrics", "prometheus")))
                .hasAnyRole(VIEWER, ADMIN);
        requests.requestMatchers(reads(EndpointRequest.toLinks())).hasAnyRole(VIEWER, ADMIN);
        requests.requestMatchers(EndpointRequest.toAnyEndpoint()).hasRole(ADMIN);

        // Settings of a capture are no secret; what was captured is.
        requests.requestMatchers(reads("/api/*/listeners/*/capture")).hasAnyRole(VIEWER, ADMIN);
        requests.requestMatchers("/api/*/listeners/*/capture/**", "/api/*/listeners/*/{file:capture.+}/**")
                .hasRole(ADMIN);

        requests.requestMatchers(reads("/**")).hasAnyRole(VIEWER, ADMIN);
        requests.requestMatchers("/api/**").hasRole(ADMIN);
        requests.anyRequest().denyAll();
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

    /** By name, so that they are found wherever Actuator is; without those that somebody has switched off. */
    private static RequestMatcher endpoints(String... names) {
        return EndpointRequest.to(names).excludingLinks();
    }
}
