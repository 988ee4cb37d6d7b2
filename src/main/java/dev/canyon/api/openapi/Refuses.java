package dev.canyon.api.openapi;

import dev.canyon.api.problem.ProblemCode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems that an operation may return; the OpenAPI document lists them by status. Problems that any call may meet are added to
 * every operation, {@code forbidden} to all that are not reads. A read that viewers may not do names {@code forbidden}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {

    ProblemCode[] value();
}
