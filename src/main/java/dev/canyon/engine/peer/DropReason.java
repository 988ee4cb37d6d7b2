package dev.canyon.engine.peer;

import dev.canyon.net.WireName;

/** Why a datagram was not answered. A datagram is counted under the first reason that applies, in this order. */
public enum DropReason implements NotServed {
    PORT_ZERO("its source port is 0"),
    BAD_SOURCE("its source is not an address that can be answered"),
    NOT_ALLOWED("its source is not in allowedSources"),
    OWN_ENDPOINT("its source is another endpoint of Canyon"),
    RESERVED_PORT("its source port is below 1024 or 2049, and udp.replyToReservedPorts is false"),
    OVERSIZE("it is larger than bufferBytes"),
    RATE("its source has exceeded udp.maxDatagramsPerSecondPerSource"),
    EMPTY("it is empty, and udp.replyToEmpty is false"),
    FAULT("a fault took it"),
    DISCARD("the listener discards everything (reply.mode)"),
    NOT_STAMP("it is too short for a test packet of STAMP (reply.mode)"),
    AMPLIFICATION("its reply would be longer than it is, which needs a loopback address or allowedSources"),
    QUEUE_FULL("earlier replies still wait for the send buffer"),
    SEND_ERROR("the reply could not be sent"),
    /** Dropped by the kernel because the receive buffer was full. */
    KERNEL("the receive buffer is full");

    private final String explanation;

    DropReason(String explanation) {
        this.explanation = explanation;
    }

    @Override
    public String explanation() {
        return explanation;
    }

    /** The name used in the API, metrics and events, for example {@code own-endpoint}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
