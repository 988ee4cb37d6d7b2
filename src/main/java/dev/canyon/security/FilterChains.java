package dev.canyon.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Draws the way of a request.
 *
 * <pre>
 * firewall --> headers --> host --> proxy --> origin --+--> everybody is an admin ----------+--> rate --> rules --> call
 *                                                      +--> key in a header ----------------+
 *                                                      +--> session of a browser, or no key +
 * </pre>
 */
@Configuration(proxyBeanMethods = false)
class FilterChains {

    private static final int MAX_SESSIONS = 100;
    private static final String AFTER_SIGN_IN = "/";

    /** Programs: each request brings its key, and nothing is kept between two. Where the API is open this is all there is. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(
            HttpSecurity http,
            EveryRequest everyRequest,
            Exposure exposure,
            AuthenticationManager keys,
            AccessRefusals refusals,
            AuditTrail trail) {
        RequestMatcher programs =
                request -> exposure.open() || PresentedKey.in(request).isPresent();
        http.securityMatcher(programs);
        everyRequest.checkedBy(http);
        // No page can make a browser send a key.
        http.csrf(AbstractHttpConfigurer::disable);
        http.logout(AbstractHttpConfigurer::disable);
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.addFilterBefore(
                exposure.open() ? new OpenAccess() : keyFilter(keys, new FailuresOnRecord(trail, refusals)),
                AnonymousAuthenticationFilter.class);
        return http.build();
    }

    private static AuthenticationFilter keyFilter(AuthenticationManager keys, FailuresOnRecord failures) {
        AuthenticationFilter filter =
                new AuthenticationFilter(keys, request -> presented(request).orElse(null));
        filter.setSuccessHandler((request, response, caller) -> {});
        filter.setFailureHandler(failures);
        return filter;
    }

    private static Optional<Authentication> presented(HttpServletRequest request) {
        return PresentedKey.in(request).map(key -> {
            UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.unauthenticated("", key);
            token.setDetails(new WebAuthenticationDetails(request));
            return token;
        });
    }

    /** Browsers, which sign in and have a session from then on; and whoever has no key. */
    @Bean
    @Order(2)
    SecurityFilterChain browsers(
            HttpSecurity http,
            EveryRequest everyRequest,
            AuthenticationManager keys,
            AccessRefusals refusals,
            AuditTrail trail) {
        SignInPage page = new SignInPage(refusals);
        everyRequest.checkedBy(http);
        http.authenticationManager(keys);
        http.sessionManagement(sessions -> sessions.sessionAuthenticationStrategy(new BrowserSessions(MAX_SESSIONS)));
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        http.csrf(csrf -> csrf.csrfTokenRepository(tokens)
                .csrfTokenRequestHandler(new TokensOfSessions())
                .requireCsrfProtectionMatcher(TokensOfSessions::areNeeded));
        http.formLogin(form -> form.loginPage(SignInPage.PATH)
                .passwordParameter(SignInPage.FIELD)
                .defaultSuccessUrl(AFTER_SIGN_IN, true)
                .failureHandler(new FailuresOnRecord(trail, page)));
        http.logout(logout -> logout.logoutSuccessUrl(SignInPage.PATH));
        http.addFilterBefore(page, AuthorizationFilter.class);
        return http.build();
    }
}
