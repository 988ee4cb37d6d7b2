package dev.canyon.junit.example;

import static dev.canyon.junit.Faults.drop;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.net.SyslogAppender;
import ch.qos.logback.core.status.Status;
import dev.canyon.junit.Answer;
import dev.canyon.junit.EchoListeners;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Logback's appender for syslog (RFC 3164, over UDP) does when its server loses messages. */
class SyslogAppenderTest {

    @RegisterExtension
    static final EchoListeners echo = EchoListeners.withUdp("syslog", Answer.nothing());

    private final LoggerContext logging = new LoggerContext();
    private final Logger log = logging.getLogger("app");

    @BeforeEach
    void appendToTheListener() {
        SyslogAppender appender = new SyslogAppender();
        appender.setContext(logging);
        appender.setSyslogHost(echo.udp("syslog").host());
        appender.setPort(echo.udp("syslog").port());
        appender.setFacility("USER");
        appender.setSuffixPattern("%msg");
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logging.stop();
    }

    @Test
    void eachEventIsADatagram() {
        log.info("started");
        echo.udp("syslog").awaitDatagrams(1, ofSeconds(10));
        assertThat(echo.udp("syslog").datagrams().get(0).text()).matches("<14>[A-Z][a-z]{2} .*started");
    }

    /** Found: half of the events are lost, and neither the caller nor Logback's status notices. */
    @Test
    void lostEventsAreNotNoticed() {
        var loss = echo.udp("syslog").fault(drop().every(2).inbound());
        IntStream.range(0, 100).forEach(i -> log.warn("event {}", i));
        loss.awaitApplied(50, ofSeconds(10));
        assertThat(logging.getStatusManager().getCopyOfStatusList())
                .filteredOn(status -> status.getEffectiveLevel() >= Status.WARN)
                .isEmpty();
    }

    /** Found: a stack trace is one datagram for each line, so a lost datagram is a missing line, and lines of two threads mix. */
    @Test
    void aStackTraceIsManyDatagrams() {
        log.error("failed", new IllegalStateException("broken"));
        echo.udp("syslog").awaitReceived("SyslogAppenderTest.aStackTraceIsManyDatagrams", ofSeconds(10));
        echo.udp("syslog").awaitDatagrams(10, ofSeconds(10));
        assertThat(echo.udp("syslog").datagrams())
                .allSatisfy(datagram -> assertThat(datagram.text()).startsWith("<11>"));
    }
}
