package dev.canyon.probe.target;

import java.net.InetSocketAddress;

/** Whether a target may be dialled. */
public sealed interface TargetDecision {

    /** @param address to be dialled as it is: resolving the name again could return an address that was not checked */
    record Permitted(InetSocketAddress address) implements TargetDecision {}

    /** @param detail why and what to do; discloses nothing about the target */
    record Refused(String detail) implements TargetDecision {}

    /** The host name might be permitted, but cannot be resolved. */
    record Unknown(String detail) implements TargetDecision {}
}
