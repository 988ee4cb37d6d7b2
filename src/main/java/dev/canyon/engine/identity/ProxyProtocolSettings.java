package dev.canyon.engine.identity;

import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingException;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The PROXY protocol of a TCP endpoint.
 *
 * @param trusted not empty with {@link ProxyMode#FROM_TRUSTED}, empty with {@link ProxyMode#REQUIRED}
 * @param headerTimeout from accept to the end of the header; 0 for none
 */
public record ProxyProtocolSettings(
        @Setting(
                title = "Header",
                text = "off expects no PROXY header, required expects one on every connection, and from-trusted on"
                        + " connections from the trusted sources only.",
                example = "required")
        ProxyMode mode,

        @Setting(
                title = "Trusted sources",
                text = "CIDR ranges of the proxies that must send a header; for from-trusted only. What others send is"
                        + " data.",
                max = 256,
                defaultsTo = "")
        List<Cidr> trusted,

        @Setting(
                title = "Header timeout",
                text = "Closes a connection whose header is not complete by then; 0 disables the timeout.",
                max = 600_000,
                defaultsTo = "5000")
        Duration headerTimeout) {

    private static final SettingsRecord<ProxyProtocolSettings> FIELDS = SettingsRecord.of(ProxyProtocolSettings.class);

    public ProxyProtocolSettings {
        FIELDS.check(mode, trusted, headerTimeout);
        trusted = List.copyOf(trusted);
        if (mode == ProxyMode.FROM_TRUSTED && trusted.isEmpty()) {
            throw new SettingException(
                    "trusted",
                    "must have at least one range with mode from-trusted; mode required expects a header from everyone");
        }
        if (mode == ProxyMode.REQUIRED && !trusted.isEmpty()) {
            throw new SettingException(
                    "trusted",
                    "has no effect with mode required, which expects a header from everyone; remove it or use mode from-trusted");
        }
    }

    /**
     * The defaults with some values replaced, by their names in the API: {@code Map.of("mode", "required")}.
     *
     * @throws IllegalArgumentException names the field that is missing, unknown, has the wrong type or is out of range
     */
    public static ProxyProtocolSettings with(Map<String, ?> values) {
        return FIELDS.with(values);
    }

    /**
     * Whether connections from this address begin with a header.
     *
     * @param source of the connection itself
     */
    public boolean expectsHeaderFrom(InetAddress source) {
        return switch (mode) {
            case OFF -> false;
            case REQUIRED -> true;
            case FROM_TRUSTED -> Cidr.anyContains(trusted, source);
        };
    }
}
