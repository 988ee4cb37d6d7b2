package dev.canyon.engine.setting;

/** A value of one field that does not fit the values of other fields of its record. Thrown by the constructor of the record. */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    /** @param problem states the remedy, without the name of the field */
    public SettingException(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
        this.problem = problem;
    }

    public String field() {
        return field;
    }

    public String problem() {
        return problem;
    }
}
