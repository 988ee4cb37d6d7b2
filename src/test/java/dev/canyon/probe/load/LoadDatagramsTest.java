package dev.canyon.probe.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadDatagramsTest {

    private static final int NUMBER = 1_234;

    private static LoadDatagrams of(int bytes) {
        return new LoadDatagrams(bytes, new LoadPayload(bytes));
    }

    private static ByteBuf written(LoadDatagrams datagrams, int bytes) {
        ByteBuf datagram = Unpooled.buffer(bytes, bytes);
        datagrams.write(NUMBER, datagram);
        return datagram;
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 64, 1_400})
    void anyFlippedBitIsDetectedAndTheNumberRecognized(int bytes) {
        LoadDatagrams datagrams = of(bytes);
        for (int bit = 0; bit < bytes * Byte.SIZE; bit++) {
            ByteBuf datagram = written(datagrams, bytes);
            flip(datagram, bit);
            assertThat(datagrams.numberIn(datagram)).as("bit %d", bit).isEqualTo(NUMBER);
            assertThat(datagrams.matches(NUMBER, datagram)).as("bit %d", bit).isFalse();
        }
    }

    /** Even if the same bit is flipped in two of the numbers. */
    @Test
    void aDatagramWithManyFlippedBitsIsNotMistakenForAnother() {
        Random random = new Random(7);
        LoadDatagrams datagrams = of(64);
        int recognized = 0;
        for (int i = 0; i < 2_000; i++) {
            ByteBuf datagram = written(datagrams, 64);
            for (int flips = 0; flips < 16; flips++) {
                flip(datagram, random.nextInt(64 * Byte.SIZE));
            }
            int number = datagrams.numberIn(datagram);
            assertThat(number).isIn(NUMBER, LoadDatagrams.UNKNOWN);
            recognized += number == NUMBER ? 1 : 0;
        }
        assertThat(recognized).isGreaterThan(1_500);
    }

    /** Without payload, only the numbers tell. */
    @Test
    void threeDifferentNumbersAreNoEvidence() {
        LoadDatagrams datagrams = of(16);
        ByteBuf datagram = written(datagrams, 16);
        assertThat(datagrams.numberIn(datagram)).isEqualTo(NUMBER);
        datagram.setInt(8, NUMBER + 1);
        assertThat(datagrams.numberIn(datagram)).isEqualTo(NUMBER);
        datagram.setInt(12, NUMBER + 2);
        assertThat(datagrams.numberIn(datagram)).isEqualTo(LoadDatagrams.UNKNOWN);
    }

    @Test
    void aTruncatedDatagramIsRecognizedByItsFirstNumber() {
        LoadDatagrams datagrams = of(64);
        for (int length = 0; length < 64; length++) {
            ByteBuf datagram = written(datagrams, 64).writerIndex(length);
            assertThat(datagrams.numberIn(datagram))
                    .as("%d bytes", length)
                    .isEqualTo(length < 8 ? LoadDatagrams.UNKNOWN : NUMBER);
            assertThat(length >= 8 && datagrams.matches(NUMBER, datagram)).isFalse();
        }
    }

    private static void flip(ByteBuf datagram, int bit) {
        int at = bit / Byte.SIZE;
        datagram.setByte(at, datagram.getByte(at) ^ 1 << bit % Byte.SIZE);
    }
}
