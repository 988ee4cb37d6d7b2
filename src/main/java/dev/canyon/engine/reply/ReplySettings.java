package dev.canyon.engine.reply;

import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers. A change applies to new TCP connections and to datagrams from then on.
 *
 * @param banner TCP only; null for none
 * @param framing TCP only; {@link Framing.None} on UDP, where each datagram is a message
 */
public record ReplySettings(
        @Setting(
                title = "Reply",
                text = "What the listener answers. A change applies to new TCP connections, and to all datagrams.",
                defaultsTo = "echo")
        Reply reply,

        @Setting(
                title = "Banner",
                text = "TCP: sent when a connection is accepted, before anything is read.",
                defaultsTo = Setting.NONE)
        @Nullable
        Banner banner,

        @Setting(
                title = "Framing",
                text = "TCP: how the stream is divided into messages, each of which is answered once.",
                defaultsTo = "none")
        Framing framing) {

    private static final SettingsRecord<ReplySettings> FIELDS = SettingsRecord.of(ReplySettings.class);
    private static final OneOf MODES = OneOf.of(Reply.class);

    /** What every endpoint does unless it is told otherwise. */
    public static final ReplySettings ECHO = new ReplySettings(new Echo(), null, new Framing.None());

    public ReplySettings {
        FIELDS.check(reply, banner, framing);
    }

    /** The defaults with some values replaced, by their names in the API. */
    public static ReplySettings with(Map<String, ?> values) {
        return FIELDS.with(values);
    }

    /** Whether the endpoint sends back what it receives, and does nothing else. */
    public boolean isPlainEcho() {
        return reply instanceof Echo && banner == null && framing instanceof Framing.None;
    }

    /** Reports what does not fit the protocol or each other. */
    public void check(Protocol protocol, FaultReport faults) {
        if (!MODES.kindOf(reply).protocols().contains(protocol)) {
            faults.add(
                    "reply.mode",
                    OneOf.nameOf(reply) + " is not for " + protocol + "; modes for " + protocol + ": "
                            + String.join(", ", MODES.namesFor(protocol)));
        }
        if (protocol == Protocol.UDP) {
            checkUdp(faults);
        } else if (!(framing instanceof Framing.None) && !reply.answersMessages()) {
            faults.add(
                    "framing.type",
                    "must be none with reply mode " + OneOf.nameOf(reply) + ", which does not answer messages");
        }
        if (reply instanceof Identity && framing instanceof Framing.Length length && length.lengthBytes() == 1) {
            faults.add(
                    "framing.lengthBytes", "must be 2 or 4 with reply mode identity, whose answers exceed 255 bytes");
        }
        if (reply instanceof Fixed fixed
                && framing instanceof Framing.Length length
                && fixed.bytes().length > length.maxLength()) {
            faults.add(
                    "reply." + fixed.field(),
                    "has " + fixed.bytes().length + " bytes, but a length field of " + length.lengthBytes()
                            + " bytes expresses at most " + length.maxLength() + "; increase framing.lengthBytes");
        }
    }

    private void checkUdp(FaultReport faults) {
        if (banner != null) {
            faults.add("banner", "is not for a udp listener; remove it or use protocol tcp");
        }
        if (!(framing instanceof Framing.None)) {
            faults.add("framing", "is not for a udp listener, where each datagram is a message; remove it");
        }
    }
}
