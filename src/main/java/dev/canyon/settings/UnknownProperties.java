package dev.canyon.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses at start what looks like a property of Canyon and is none, wherever it stands. Spring Boot by itself overlooks
 * variables of the environment, which is where containers have their settings.
 */
final class UnknownProperties implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** What Kubernetes tells every container of a namespace that has a service called canyon, or canyon-something. */
    private static final Pattern SERVICE = Pattern.compile(
            "CANYON(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP)(_PROTO|_PORT|_ADDR)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 2;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Map<String, Optional<String>> unknown = in(event.getEnvironment());
        if (!unknown.isEmpty()) {
            throw new UnknownPropertyException(unknown);
        }
    }

    /** @return each unknown name, with the one that it is like, if there is one */
    private static Map<String, Optional<String>> in(ConfigurableEnvironment environment) {
        PropertyNames known = new PropertyNames();
        Map<String, Optional<String>> unknown = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                for (String name : listed.getPropertyNames()) {
                    if (isMeantForCanyon(name) && !known.contain(name) && !isOfKubernetes(name, listed)) {
                        unknown.put(name, known.nearest(name));
                    }
                }
            }
        }
        return unknown;
    }

    private static boolean isMeantForCanyon(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("canyon.") || lower.startsWith("canyon_");
    }

    private static boolean isOfKubernetes(String name, PropertySource<?> source) {
        return SERVICE.matcher(name).matches()
                || (name.endsWith("_PORT")
                        && SERVICE_ADDRESS
                                .matcher(String.valueOf(source.getProperty(name)))
                                .matches());
    }
}
