package dev.canyon.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

class LogSanitizerTest {

    private static final String FORGED = "2026-01-01T00:00:00.000Z  INFO 1 --- forged";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

    @BeforeEach
    void logWithAPattern() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%-5p : %m%n%ex");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
        new LogSanitizer()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(),
                        new SpringApplication(),
                        new String[0],
                        new StandardEnvironment()));
    }

    @AfterEach
    void stopIt() {
        context.getLogger("ROOT").detachAppender(appender);
    }

    @ParameterizedTest
    @CsvSource({
        "'\n',     \\n",
        "'\r',     \\r",
        "'\r\n',   \\r\\n",
        "'\u001b', \\u001b",
        "'\u0085', \\u0085",
        "'\u2028', \\u2028",
        "'\u202e', \\u202e",
        "'\t',     '\t'",
        "ü,        ü",
    })
    void aMessageStaysOnOneLine(String evil, String escaped) {
        log().info("Changed '{}'", "a" + evil + FORGED);
        assertThat(lines()).containsExactly("INFO  : Changed 'a" + escaped + FORGED + "'");
    }

    @Test
    void theMessageOfAnExceptionStaysOnOneLine() {
        Exception cause = new IllegalStateException("cause\n" + FORGED);
        Exception thrown = new IllegalArgumentException("thrown\r\n" + FORGED, cause);
        thrown.addSuppressed(new IllegalStateException("suppressed\n" + FORGED));
        log().error("Failed", thrown);
        assertThat(lines())
                .contains(
                        "java.lang.IllegalArgumentException: thrown\\r\\n" + FORGED,
                        "Caused by: java.lang.IllegalStateException: cause\\n" + FORGED)
                .anyMatch(line -> line.contains("Suppressed: java.lang.IllegalStateException: suppressed\\n"))
                .noneMatch(line -> line.startsWith("2026"));
    }

    @Test
    void aFailureAnalysisKeepsItsLineBreaks() {
        Logger reporter =
                LoggerFactory.getLogger("org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter");
        reporter.error("one\ntwo");
        assertThat(lines()).containsExactly("ERROR : one", "two");
    }

    @Test
    void isRegisteredWithSpringBoot() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ApplicationListener.class))
                .hasAtLeastOneElementOfType(LogSanitizer.class);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(LogSanitizerTest.class);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
