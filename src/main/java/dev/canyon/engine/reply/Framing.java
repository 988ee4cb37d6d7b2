package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingException;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;

/** How a TCP stream is divided into messages. An answer is framed in the same way. */
@OneOf.By("type")
public sealed interface Framing {

    /** The upper bound of {@link #maxFrameBytes}. */
    int MAX_FRAME_BYTES = 1_048_576;

    /** The longest frame, in bytes, with its length field or line end; a longer one ends the connection. */
    int maxFrameBytes();

    /** What was read at once is one message; a stream has no message boundaries, so a message may arrive in several reads. */
    @Kind(
            name = "none",
            text = "What is read at once is one message. TCP does not keep the boundaries of the sender's writes.")
    record None() implements Framing {
        @Override
        public int maxFrameBytes() {
            return MAX_FRAME_BYTES;
        }
    }

    /** A message ends with LF, before which CR is possible. An answer that does not end with LF gets one. */
    @Kind(
            name = "line",
            text = "A message is a line that ends with LF or CR LF. An answer that does not end with LF gets one.")
    record Line(
            @Setting(
                    title = "Longest frame",
                    text = "A longer line, with its end, closes the connection.",
                    unit = Unit.BYTES,
                    min = 1,
                    max = MAX_FRAME_BYTES,
                    defaultsTo = "65536",
                    example = "65536")
            int maxFrameBytes)
            implements Framing {

        private static final SettingsRecord<Line> FIELDS = SettingsRecord.of(Line.class);

        public Line {
            FIELDS.check(maxFrameBytes);
        }
    }

    /** A message begins with a field that contains the length of what follows, unsigned and big-endian. So does an answer. */
    @Kind(
            name = "length",
            text = "A message begins with the length of what follows (unsigned, big-endian); so does an answer.")
    record Length(
            @Setting(
                    title = "Length field",
                    text = "Bytes of the length field: 1, 2 or 4.",
                    unit = Unit.BYTES,
                    min = 1,
                    max = 4,
                    defaultsTo = "4",
                    example = "4")
            int lengthBytes,

            @Setting(
                    title = "Longest frame",
                    text = "A longer message, with its length field, closes the connection.",
                    unit = Unit.BYTES,
                    min = 1,
                    max = MAX_FRAME_BYTES,
                    defaultsTo = "65536",
                    example = "65536")
            int maxFrameBytes)
            implements Framing {

        private static final SettingsRecord<Length> FIELDS = SettingsRecord.of(Length.class);

        /** @throws SettingException if the length field cannot have that many bytes */
        public Length {
            FIELDS.check(lengthBytes, maxFrameBytes);
            if (lengthBytes == 3) {
                throw new SettingException("lengthBytes", "must be 1, 2 or 4, not 3");
            }
            if (maxFrameBytes < lengthBytes) {
                throw new SettingException(
                        "maxFrameBytes", "must be at least lengthBytes (" + lengthBytes + "), not " + maxFrameBytes);
            }
        }

        /** The largest length that the field expresses. */
        public long maxLength() {
            return (1L << (8 * lengthBytes)) - 1;
        }
    }
}
