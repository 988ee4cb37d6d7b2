package dev.canyon.engine.endpoint;

import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import java.util.Map;

/** Settings of one protocol. A TCP endpoint has {@link TcpSettings}, a UDP endpoint {@link UdpSettings}. */
public sealed interface ProtocolSettings permits TcpSettings, UdpSettings {

    Protocol protocol();

    /** All values by their names in the API. */
    default Map<String, Object> values() {
        return SettingsRecord.valuesOf((Record) this);
    }
}
