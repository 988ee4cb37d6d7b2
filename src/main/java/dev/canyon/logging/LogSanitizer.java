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
 * Replaces the converters for messages and exceptions in log patterns ({@code %m}, {@code %wEx} and their synonyms) with
 * converters that escape control characters, after Boot has initialized logging. This covers Boot's patterns and those of an
 * operator; JSON logging does its own escaping.
 */
final class LogSanitizer implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, converters(context));
            for (var logger : context.getLoggerList()) {
                restartEncoders(logger.iteratorForAppenders());
            }
        }
    }

    private static Map<String, Supplier<? extends DynamicConverter<ILoggingEvent>>> converters(LoggerContext context) {
        Map<String, Supplier<? extends DynamicConverter<ILoggingEvent>>> converters = new HashMap<>(existing(context));
        for (String conversionWord : new String[] {"m", "msg", "message"}) {
            converters.put(conversionWord, EscapedMessage::new);
        }
        for (String conversionWord :
                new String[] {"wEx", "wex", "ex", "exception", "throwable", "xEx", "xException", "xThrowable"}) {
            converters.put(conversionWord, EscapedStackTrace::new);
        }
        return converters;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Supplier<? extends DynamicConverter<ILoggingEvent>>> existing(LoggerContext context) {
        Object existing = context.getObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS);
        return existing == null
                ? Map.of()
                : (Map<String, Supplier<? extends DynamicConverter<ILoggingEvent>>>) existing;
    }

    private static void restartEncoders(Iterator<Appender<ILoggingEvent>> appenders) {
        appenders.forEachRemaining(appender -> {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> output
                    && output.getEncoder() instanceof PatternLayoutEncoder encoder) {
                encoder.stop();
                encoder.start();
            }
        });
    }
}
