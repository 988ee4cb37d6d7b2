package dev.canyon.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A message on a single line. Only failure analyses at startup, which contain no client input, keep their line breaks. */
final class EscapedMessage extends MessageConverter {

    private static final String REPORTER = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    @Override
    public String convert(ILoggingEvent event) {
        String message = super.convert(event);
        return event.getLoggerName().equals(REPORTER) ? message : ControlCharacters.escape(message);
    }
}
