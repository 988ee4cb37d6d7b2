package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.HandshakeEffect;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;

/** Fails TLS handshakes once the ClientHello has arrived. */
public record HandshakeFail(
        @Setting(
                title = "How",
                text = "alert sends the fatal alert handshake_failure, close sends FIN, reset sends RST, stall never"
                        + " answers.",
                defaultsTo = "alert")
        Ending how)
        implements HandshakeEffect {

    private static final SettingsRecord<HandshakeFail> FIELDS = SettingsRecord.of(HandshakeFail.class);

    public HandshakeFail {
        FIELDS.check(how);
    }

    @Override
    public Ending ending() {
        return how;
    }
}
