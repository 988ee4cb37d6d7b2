package dev.canyon.engine.endpoint;

import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import java.util.Map;

/**
 * Settings of a UDP endpoint.
 *
 * @param replyToEmpty RFC 862 does not exclude empty datagrams
 * @param replyToReservedPorts off by default: services on these ports may reply in turn, so that a forged source address
 *     would start a loop
 */
public record UdpSettings(
        @Setting(
                title = "Reply to empty datagrams",
                text = "Answers datagrams without payload; otherwise they are dropped.",
                defaultsTo = "true")
        boolean replyToEmpty,

        @Setting(
                title = "Reply to reserved ports",
                text = "Answers datagrams from source ports below 1024 and from port 2049; otherwise they are dropped.",
                defaultsTo = "false")
        boolean replyToReservedPorts,

        @Setting(
                title = "Maximum datagrams/s per source",
                text =
                        "Limit for each IPv4 address or IPv6 /64 network; further datagrams are dropped. 0 means no limit.",
                max = 10_000_000,
                defaultsTo = "0")
        int maxDatagramsPerSecondPerSource)
        implements ProtocolSettings {

    private static final SettingsRecord<UdpSettings> FIELDS = SettingsRecord.of(UdpSettings.class);

    public UdpSettings {
        FIELDS.check(replyToEmpty, replyToReservedPorts, maxDatagramsPerSecondPerSource);
    }

    public static UdpSettings defaults() {
        return with(Map.of());
    }

    /**
     * The defaults with some values replaced, by their names in the API.
     *
     * @throws IllegalArgumentException names the field that is unknown, has the wrong type or is out of range
     */
    public static UdpSettings with(Map<String, ?> values) {
        return FIELDS.with(values);
    }

    @Override
    public Protocol protocol() {
        return Protocol.UDP;
    }
}
