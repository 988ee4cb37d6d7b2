package dev.canyon.api.openapi;

import dev.canyon.api.problem.ProblemCode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems a call may answer with; the OpenAPI document lists them by status. Those of access are not named: they hold for
 * every call, {@code forbidden} for all that change something. A read that a viewer may not do names {@code forbidden}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {

    ProblemCode[] value();
}
