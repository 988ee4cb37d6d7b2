package dev.canyon.security;

import dev.canyon.security.access.AccessRefusals;
import dev.canyon.security.access.BrowserSessions;
import dev.canyon.security.access.CsrfTokenCookie;
import dev.canyon.security.access.SignInPage;
import dev.canyon.security.audit.AuditTrail;
import dev.canyon.security.key.AuditingFailureHandler;
import dev.canyon.security.key.AuditingSuccessHandler;
import dev.canyon.security.key.OpenAccess;
import dev.canyon.security.key.PresentedKey;
import dev.canyon.security.request.Exposure;
import dev.canyon.security.request.RequestFilters;
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
import org.springframework.security.web.authentication.SimpleUrlAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The path of a request through the filters.
 *
 * <pre>
 * firewall --> headers --> host --> proxy --> origin --+--> every caller is an admin -------+--> rate --> rules --> call
 *                                                      +--> key in a header ----------------+
 *                                                      +--> browser session, or no key -----+
 * </pre>
 */
@Configuration(proxyBeanMethods = false)
class FilterChains {

    private static final int MAX_SESSIONS = 100;
    private static final String SIGN_IN_TARGET = "/";

    /** For API clients: each request carries its key, and there is no session. The only chain in use if the API is open. */
    @Bean
    @Order(1)
    SecurityFilterChain apiClientChain(
            HttpSecurity http,
            RequestFilters everyRequest,
            Exposure exposure,
            AuthenticationManager keys,
            AccessRefusals refusals,
            AuditTrail trail) {
        RequestMatcher apiClients =
                request -> exposure.open() || PresentedKey.in(request).isPresent();
        http.securityMatcher(apiClients);
        everyRequest.applyTo(http);
        // A web page cannot make a browser send a key, so there is nothing to forge.
        http.csrf(AbstractHttpConfigurer::disable);
        http.logout(AbstractHttpConfigurer::disable);
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.addFilterBefore(
                exposure.open() ? new OpenAccess() : keyFilter(keys, new AuditingFailureHandler(trail, refusals)),
                AnonymousAuthenticationFilter.class);
        return http.build();
    }

    private static AuthenticationFilter keyFilter(AuthenticationManager keys, AuditingFailureHandler failures) {
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

    /** For browsers, which have a session once they have signed in, and for requests without a key. */
    @Bean
    @Order(2)
    SecurityFilterChain browserChain(
            HttpSecurity http,
            RequestFilters everyRequest,
            AuthenticationManager keys,
            AccessRefusals refusals,
            AuditTrail trail) {
        SignInPage page = new SignInPage(refusals);
        everyRequest.applyTo(http);
        http.authenticationManager(keys);
        http.sessionManagement(sessions -> sessions.sessionAuthenticationStrategy(new BrowserSessions(MAX_SESSIONS)));
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        http.csrf(csrf -> csrf.csrfTokenRepository(tokens)
                .csrfTokenRequestHandler(new CsrfTokenCookie())
                .requireCsrfProtectionMatcher(CsrfTokenCookie::isRequired));
        http.formLogin(form -> form.loginPage(SignInPage.PATH)
                .passwordParameter(SignInPage.FIELD)
                .successHandler(
                        new AuditingSuccessHandler(trail, new SimpleUrlAuthenticationSuccessHandler(SIGN_IN_TARGET)))
                .failureHandler(new AuditingFailureHandler(trail, page)));
        http.logout(logout -> logout.logoutSuccessUrl(SignInPage.PATH));
        http.addFilterBefore(page, AuthorizationFilter.class);
        return http.build();
    }
}
