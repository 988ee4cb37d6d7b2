package dev.canyon.engine.setting;

import dev.canyon.net.Protocol;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a record of settings that is one of the kinds of a {@link OneOf}. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Kind {

    /** The name of the kind on the wire. */
    String name();

    /** What the kind does, in one or two sentences. */
    String text();

    /** The protocols of the listeners that can have it. */
    Protocol[] protocols() default {Protocol.TCP, Protocol.UDP};
}
