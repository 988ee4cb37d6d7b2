package dev.canyon.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Makes startup fail if a name in any property source looks like a property of Canyon but is not one, or if a list has a gap. Spring
 * Boot does not check environment variables, which is how containers are configured.
 *
 * <p>An environment variable that resembles no property is not meant for Canyon: images, shells and CI systems set variables such
 * as CANYON_HOME. It is ignored with a warning.
 */
final class UnknownProperties implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final Logger log = LoggerFactory.getLogger(UnknownProperties.class);

    /** Variables that Kubernetes sets in every container of a namespace with a service named canyon or canyon-something. */
    private static final Pattern SERVICE = Pattern.compile(
            "CANYON(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP)(_PROTO|_PORT|_ADDR)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 2;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        PropertyNames known = new PropertyNames();
        Map<String, Optional<String>> unknown = new TreeMap<>();
        Set<String> unrelated = new TreeSet<>();
        for (PropertySource<?> source : event.getEnvironment().getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                for (String name : unknownNames(listed, known)) {
                    Optional<String> nearest = known.nearest(name);
                    if (nearest.isEmpty() && source instanceof SystemEnvironmentPropertySource) {
                        unrelated.add(name);
                    } else {
                        unknown.put(name, nearest);
                    }
                }
                ListIndexes indexes = new ListIndexes();
                knownNames(listed, known).forEach(indexes::add);
                indexes.requireNoGap();
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownPropertyException(unknown);
        }
        if (!unrelated.isEmpty()) {
            log.warn(
                    "Ignored environment variables that are not properties of Canyon: {}",
                    String.join(", ", unrelated));
        }
    }

    private static List<String> knownNames(EnumerablePropertySource<?> source, PropertyNames known) {
        return Arrays.stream(source.getPropertyNames())
                .filter(name -> hasCanyonPrefix(name) && known.contains(name))
                .toList();
    }

    private static List<String> unknownNames(EnumerablePropertySource<?> source, PropertyNames known) {
        return Arrays.stream(source.getPropertyNames())
                .filter(name ->
                        hasCanyonPrefix(name) && !known.contains(name) && !isKubernetesServiceVariable(name, source))
                .toList();
    }

    private static boolean hasCanyonPrefix(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("canyon.") || lower.startsWith("canyon_");
    }

    private static boolean isKubernetesServiceVariable(String name, PropertySource<?> source) {
        return SERVICE.matcher(name).matches()
                || (name.endsWith("_PORT")
                        && SERVICE_ADDRESS
                                .matcher(String.valueOf(source.getProperty(name)))
                                .matches());
    }
}
