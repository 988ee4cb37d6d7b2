package dev.canyon.transport;

/**
 * How a UDP endpoint treats datagrams.
 *
 * @param replyToEmpty answer a datagram without payload with another one (RFC 862); false drops and counts it
 * @param replyToReservedPorts answer sources below port 1024 and port 2049 too; off by default, since other simple
 *     services sit there and a forged source would make us flood them
 * @param maxDatagramsPerSecondPerSource datagrams answered per second and remote address; 0 means no limit
 */
public record UdpSettings(boolean replyToEmpty, boolean replyToReservedPorts, int maxDatagramsPerSecondPerSource)
        implements ProtocolSettings {

    public static final int MAX_DATAGRAMS_PER_SECOND = 10_000_000;

    public UdpSettings {
        Range.require("maxDatagramsPerSecondPerSource", maxDatagramsPerSecondPerSource, 0, MAX_DATAGRAMS_PER_SECOND);
    }

    public static UdpSettings defaults() {
        return new UdpSettings(true, false, 0);
    }

    @Override
    public Protocol protocol() {
        return Protocol.UDP;
    }
}
