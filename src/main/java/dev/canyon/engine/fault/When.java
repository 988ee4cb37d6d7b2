package dev.canyon.engine.fault;

/** Which subjects a fault is applied to: connections, positions in a byte stream, or datagrams, numbered from 1. */
public sealed interface When {

    /** @param number the number of the subject, 1 or greater */
    boolean chooses(long seed, long number);

    /** All subjects. */
    record Always() implements When {
        @Override
        public boolean chooses(long seed, long number) {
            return true;
        }
    }

    /**
     * Each subject with this probability, independent of all others.
     *
     * @param probability 0 to 1
     */
    record Probability(double probability) implements When {
        public Probability {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability: " + probability + " (expected: 0 to 1)");
            }
        }

        @Override
        public boolean chooses(long seed, long number) {
            return Draws.fraction(seed, number) < probability;
        }
    }

    /**
     * The subjects n, 2n, 3n and so on.
     *
     * @param n 1 or greater
     */
    record Every(long n) implements When {
        public Every {
            requirePositive("every", n);
        }

        @Override
        public boolean chooses(long seed, long number) {
            return number % n == 0;
        }
    }

    /**
     * The first subjects since the fault was added.
     *
     * @param n 1 or greater
     */
    record First(long n) implements When {
        public First {
            requirePositive("first", n);
        }

        @Override
        public boolean chooses(long seed, long number) {
            return number <= n;
        }
    }

    /**
     * All subjects but the first since the fault was added.
     *
     * @param n 1 or greater
     */
    record After(long n) implements When {
        public After {
            requirePositive("after", n);
        }

        @Override
        public boolean chooses(long seed, long number) {
            return number > n;
        }
    }

    private static void requirePositive(String name, long n) {
        if (n < 1) {
            throw new IllegalArgumentException(name + ": " + n + " (expected: 1 or greater)");
        }
    }
}
