package dev.canyon.engine.setting;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a record component that users can set. API, YAML, {@code application.yml}, store, JMX, command line, OpenAPI
 * and the form of the dashboard are all derived from this description, and {@link SettingsRecord#check} enforces it.
 *
 * <p>The name on the wire is that of the component; a {@link java.time.Duration} travels as milliseconds and has
 * {@code Ms} appended.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /** A value that no setting has: there is no default, so the field is required. */
    String REQUIRED = "\0";

    /** A value that no setting has: the field has no default, and its component is null where it is left out. */
    String NONE = "\1";

    /** The label in a form. */
    String title();

    /** The meaning, in one or two sentences. */
    String text();

    /** The default, in the notation of {@code application.yml}. */
    String defaultsTo() default REQUIRED;

    /** Smallest number; for text, maps and lists the minimum length. */
    long min() default 0;

    /** Largest number; for text, maps and lists the maximum length. */
    long max() default Long.MAX_VALUE;

    /** Regular expression for a text, for the texts of a list, or for the keys of a map. */
    String pattern() default ".*";

    /** What {@link #pattern} means, for error messages: "1 to 63 of a-z". */
    String expected() default "";

    /** Maximum length of a value of a map, or of a text of a list. */
    int maxValueLength() default Integer.MAX_VALUE;

    Unit unit() default Unit.NONE;

    /** Whether a change needs another listening socket; all other settings change live. */
    boolean changesSocket() default false;

    /** An example for documentation. */
    String example() default "";
}
