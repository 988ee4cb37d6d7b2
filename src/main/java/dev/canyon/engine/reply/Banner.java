package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bytes that are sent when a connection is accepted. Exactly one of the components is not null. */
public record Banner(
        @Setting(
                title = "Banner text",
                text = "The banner as text, in UTF-8.",
                min = 1,
                max = Payload.MAX_CHARACTERS,
                defaultsTo = Setting.NONE,
                example = "220 ready\r\n")
        @Nullable
        String text,

        @Setting(
                title = "Banner hex",
                text = "The banner in hex, instead of text.",
                min = 1,
                max = Payload.MAX_CHARACTERS,
                defaultsTo = Setting.NONE)
        @Nullable
        String hex) {

    private static final SettingsRecord<Banner> FIELDS = SettingsRecord.of(Banner.class);

    /** @throws dev.canyon.engine.setting.SettingException if not exactly one is given, or if it is not valid */
    public Banner {
        FIELDS.check(text, hex);
        bytes(text, hex);
    }

    private static byte[] bytes(@Nullable String text, @Nullable String hex) {
        Map<String, String> notations = new LinkedHashMap<>();
        if (text != null) {
            notations.put("text", text);
        }
        if (hex != null) {
            notations.put("hex", hex);
        }
        return Payload.of(notations, List.of("text", "hex"));
    }

    /** The banner, decoded anew with each call. */
    public byte[] bytes() {
        return bytes(text, hex);
    }
}
