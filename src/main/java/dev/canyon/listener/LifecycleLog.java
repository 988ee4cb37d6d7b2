package dev.canyon.listener;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.IpText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One log line for each change of a listener, with key-value pairs for structured logging. */
final class LifecycleLog {

    private static final Logger log = LoggerFactory.getLogger(LifecycleLog.class);

    private LifecycleLog() {}

    /** @param done the first word of the line, for example {@code Started} */
    static void log(String done, EchoListener listener) {
        withContext(listener, log.atInfo()).log("{} {}", done, text(listener));
    }

    static void logFailure(EchoListener listener, FailureReason reason, RuntimeException cause) {
        withContext(listener, log.atWarn())
                .addKeyValue("failure", reason)
                .log("Could not open {}: {}", text(listener), cause.getMessage());
    }

    private static LoggingEventBuilder withContext(EchoListener listener, LoggingEventBuilder line) {
        return line.addKeyValue("listener", listener.name())
                .addKeyValue("protocol", listener.definition().protocol())
                .addKeyValue("address", address(listener))
                .addKeyValue("state", listener.state().word());
    }

    private static String text(EchoListener listener) {
        return listener.definition().protocol() + " listener '" + listener.name() + "' on " + address(listener) + " ("
                + listener.state().word() + ")";
    }

    private static String address(EchoListener listener) {
        @Nullable BoundEndpoint bound = listener.state().endpoint();
        return bound == null ? listener.definition().endpoint().address().toString() : IpText.of(bound.address());
    }
}
