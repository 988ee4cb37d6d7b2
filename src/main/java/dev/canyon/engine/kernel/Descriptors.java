package dev.canyon.engine.kernel;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** The file descriptors of this process (getrlimit(2), RLIMIT_NOFILE). */
public final class Descriptors {

    private Descriptors() {}

    /** The maximum number of open descriptors; {@link Long#MAX_VALUE} if the system does not report it. */
    public static long limit() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }

    /** The number of open descriptors; 0 if the system does not report it. */
    public static long open() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
    }

    /** The number of descriptors that can still be opened. */
    public static long free() {
        return limit() - open();
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getOperatingSystemMXBean();
    }
}
