package dev.canyon.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.pattern.DynamicConverter;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Gives the usual words of log patterns ({@code %m}, {@code %wEx} and their like) another meaning, once Boot has set logging
 * up: messages have no control characters any more. So all patterns hold, Boot's own, an operator's, and those to come; logs
 * in JSON escape by themselves.
 */
final class HonestLines implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, words(context));
            for (var logger : context.getLoggerList()) {
                readPatternsAgain(logger.iteratorForAppenders());
            }
        }
    }

    private static Map<String, Supplier<? extends DynamicConverter<ILoggingEvent>>> words(LoggerContext context) {
        Map<String, Supplier<? extends DynamicConverter<ILoggingEvent>>> words = new HashMap<>(known(context));
        for (String word : new String[] {"m", "msg", "message"}) {
            words.put(word, EscapedMessage::new);
        }
        for (String word :
                new String[] {"wEx", "wex", "ex", "exception", "throwable", "xEx", "xException", "xThrowable"}) {
            words.put(word, EscapedStackTrace::new);
        }
        return words;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Supplier<? extends DynamicConverter<ILoggingEvent>>> known(LoggerContext context) {
        Object known = context.getObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS);
        return known == null ? Map.of() : (Map<String, Supplier<? extends DynamicConverter<ILoggingEvent>>>) known;
    }

    private static void readPatternsAgain(Iterator<Appender<ILoggingEvent>> appenders) {
        appenders.forEachRemaining(appender -> {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> writing
                    && writing.getEncoder() instanceof PatternLayoutEncoder encoder) {
                encoder.stop();
                encoder.start();
            }
        });
    }
}
