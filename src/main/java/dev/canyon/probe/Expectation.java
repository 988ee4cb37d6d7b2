package dev.canyon.probe;

import java.util.Arrays;

/** The expected response. */
public sealed interface Expectation {

    /** Exactly these bytes; for an echo, the payload of the message. */
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

    /** A response that contains these bytes. */
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

    /** Returns whether there is nothing left to wait for. */
    boolean isComplete(byte[] received);

    boolean isMet(byte[] received);

    /** Returns the minimum number of expected bytes. */
    int length();
}
