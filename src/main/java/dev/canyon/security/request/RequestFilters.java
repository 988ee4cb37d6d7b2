package dev.canyon.security.request;

import dev.canyon.security.access.AccessRefusals;
import dev.canyon.security.access.AccessRules;
import dev.canyon.security.access.RefusalWriter;
import dev.canyon.settings.CanyonProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/** The filters and rules that apply to every request. */
public final class RequestFilters {

    private final Exposure exposure;
    private final RefusalWriter refusals;
    private final AccessRules rules;
    private final AccessRefusals accessRefusals;
    private final HostCheck hosts;
    private final @Nullable RequestRate rate;

    public RequestFilters(
            Exposure exposure,
            CanyonProperties properties,
            RefusalWriter refusals,
            AccessRules rules,
            AccessRefusals accessRefusals) {
        this.exposure = exposure;
        this.refusals = refusals;
        this.rules = rules;
        this.accessRefusals = accessRefusals;
        this.hosts = new HostCheck(properties.security().allowedHosts(), rules.probes(), refusals);
        int perSecond = properties.limits().requestsPerSecond();
        boolean localOnly = exposure.open() && !exposure.beyondLoopback();
        this.rate = perSecond == 0 || localOnly ? null : new RequestRate(perSecond, refusals, System::nanoTime);
    }

    /** Adds the filters: headers, host, query, proxy and origin before authentication; rate limit and access rules after it. */
    public void applyTo(HttpSecurity http) {
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
