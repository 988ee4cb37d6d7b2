package dev.canyon.probe;

import java.util.Arrays;

/** What shall come back. */
public sealed interface Expectation {

    /** Exactly these bytes; for an echo, those that were sent. */
    record Exactly(byte[] bytes) implements Expectation {

        public Exactly {
            bytes = bytes.clone();
        }

        @Override
        public boolean isComplete(byte[] received) {
            return received.length >= bytes.length;
        }

        @Override
        public boolean isMet(byte[] received) {
            return Arrays.equals(bytes, received);
        }

        @Override
        public int length() {
            return bytes.length;
        }
    }

    /** These bytes somewhere in the answer. */
    record Containing(byte[] bytes) implements Expectation {

        public Containing {
            bytes = bytes.clone();
        }

        @Override
        public boolean isComplete(byte[] received) {
            return isMet(received);
        }

        @Override
        public boolean isMet(byte[] received) {
            for (int from = 0; from + bytes.length <= received.length; from++) {
                if (Arrays.equals(received, from, from + bytes.length, bytes, 0, bytes.length)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int length() {
            return bytes.length;
        }
    }

    /** Whether there is nothing left to wait for. */
    boolean isComplete(byte[] received);

    boolean isMet(byte[] received);

    /** The number of bytes that are expected at least. */
    int length();
}
