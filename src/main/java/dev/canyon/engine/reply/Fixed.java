package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers each message with the same bytes. Exactly one of the components is not null. */
@Kind(name = "fixed", text = "Answers each message with the same bytes.")
public record Fixed(
        @Setting(
                title = "Text",
                text = "The answer as text, in UTF-8.",
                min = 1,
                max = Payload.MAX_CHARACTERS,
                defaultsTo = Setting.NONE,
                example = "OK\r\n")
        @Nullable
        String text,

        @Setting(
                title = "Hex",
                text = "The answer in hex, instead of text.",
                min = 1,
                max = Payload.MAX_CHARACTERS,
                defaultsTo = Setting.NONE)
        @Nullable
        String hex,

        @Setting(
                title = "Base64",
                text = "The answer in Base64 (RFC 4648), instead of text.",
                min = 1,
                max = Payload.MAX_CHARACTERS,
                defaultsTo = Setting.NONE)
        @Nullable
        String base64)
        implements Reply {

    private static final SettingsRecord<Fixed> FIELDS = SettingsRecord.of(Fixed.class);

    /** @throws dev.canyon.engine.setting.SettingException if not exactly one is given, or if it is not valid */
    public Fixed {
        FIELDS.check(text, hex, base64);
        bytes(text, hex, base64);
    }

    private static byte[] bytes(@Nullable String text, @Nullable String hex, @Nullable String base64) {
        Map<String, String> notations = new LinkedHashMap<>();
        if (text != null) {
            notations.put("text", text);
        }
        if (hex != null) {
            notations.put("hex", hex);
        }
        if (base64 != null) {
            notations.put("base64", base64);
        }
        return Payload.of(notations, List.of("text", "hex", "base64"));
    }

    /** The answer, decoded anew with each call. */
    public byte[] bytes() {
        return bytes(text, hex, base64);
    }

    /** The name of the field that contains the answer. */
    public String field() {
        return text != null ? "text" : hex != null ? "hex" : "base64";
    }

    @Override
    public boolean answersMessages() {
        return true;
    }
}
