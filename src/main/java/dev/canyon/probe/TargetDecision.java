package dev.canyon.probe;

import java.net.InetSocketAddress;

/** Whether a target may be dialled. */
public sealed interface TargetDecision {

    /** @param address is dialled as it is: to look the name up again could give another one, which nobody has checked */
    record Permitted(InetSocketAddress address) implements TargetDecision {}

    /** @param detail says why and what to do, and nothing of what the target is or whether it is there */
    record Refused(String detail) implements TargetDecision {}

    /** A name that might be permitted has no address. */
    record Unknown(String detail) implements TargetDecision {}
}
