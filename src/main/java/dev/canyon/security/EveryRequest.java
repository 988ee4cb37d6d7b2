package dev.canyon.security;

import dev.canyon.settings.CanyonProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/** What holds for every request, whoever sends it. */
final class EveryRequest {

    private final Exposure exposure;
    private final Refusals refusals;
    private final AccessRules rules;
    private final AccessRefusals accessRefusals;
    private final HostCheck hosts;
    private final @Nullable RequestRate rate;

    EveryRequest(
            Exposure exposure,
            CanyonProperties properties,
            Refusals refusals,
            AccessRules rules,
            AccessRefusals accessRefusals) {
        this.exposure = exposure;
        this.refusals = refusals;
        this.rules = rules;
        this.accessRefusals = accessRefusals;
        this.hosts = new HostCheck(properties.security().allowedHosts(), refusals);
        int perSecond = properties.limits().requestsPerSecond();
        boolean onlyOurselves = exposure.open() && !exposure.beyondLoopback();
        this.rate = perSecond == 0 || onlyOurselves ? null : new RequestRate(perSecond, refusals, System::nanoTime);
    }

    /** Draws the way of a request: headers, host, query, proxy and origin before it is known who calls; rate and rules after. */
    void checkedBy(HttpSecurity http) {
        http.headers(AbstractHttpConfigurer::disable).requestCache(AbstractHttpConfigurer::disable);
        http.addFilterBefore(new ResponseHeaders(), DisableEncodeUrlFilter.class);
        http.addFilterBefore(hosts, DisableEncodeUrlFilter.class);
        http.addFilterBefore(new QueryCheck(refusals), DisableEncodeUrlFilter.class);
        if (exposure.open() && !exposure.behindProxy()) {
            http.addFilterBefore(new ProxyCheck(refusals), DisableEncodeUrlFilter.class);
        }
        http.addFilterBefore(new OriginCheck(refusals), DisableEncodeUrlFilter.class);
        if (rate != null) {
            http.addFilterBefore(rate, AuthorizationFilter.class);
        }
        http.authorizeHttpRequests(rules::apply);
        http.exceptionHandling(
                refused -> refused.authenticationEntryPoint(accessRefusals).accessDeniedHandler(accessRefusals));
    }
}
