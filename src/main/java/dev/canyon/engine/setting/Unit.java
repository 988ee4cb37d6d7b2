package dev.canyon.engine.setting;

/** The unit of a number. */
public enum Unit {
    NONE(""),
    MILLISECONDS("ms"),
    BYTES("bytes");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /** {@code ms}, {@code bytes}, or empty for a plain number. */
    public String symbol() {
        return symbol;
    }
}
