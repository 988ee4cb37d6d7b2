package dev.canyon.listener;

import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.IpText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line for each change of a listener, with what it is about as key-values for logs that are searched by machine. */
final class LifecycleLog {

    private static final Logger log = LoggerFactory.getLogger(LifecycleLog.class);

    private LifecycleLog() {}

    /** @param done what was done to it, as the first word of the line */
    static void tell(String done, EchoListener listener) {
        about(listener, log.atInfo()).log("{} {}", done, text(listener));
    }

    static void tellFailure(EchoListener listener, FailureReason reason, RuntimeException cause) {
        about(listener, log.atWarn())
                .addKeyValue("failure", reason)
                .log("Could not open {}: {}", text(listener), cause.getMessage());
    }

    private static LoggingEventBuilder about(EchoListener listener, LoggingEventBuilder line) {
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
