package dev.canyon.transport;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** The file descriptors of this process (getrlimit(2), RLIMIT_NOFILE). */
public final class Descriptors {

    private Descriptors() {}

    /** How many it may have open; without a limit to speak of where the system tells none. */
    static long limit() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }

    /** How many it has open now. */
    static long open() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
    }

    /** How many more it may open now. */
    public static long free() {
        return limit() - open();
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getOperatingSystemMXBean();
    }
}
