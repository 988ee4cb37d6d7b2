package dev.canyon.api.http;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes {@code waitMs} of a long poll in the OpenAPI document. */
@Parameter(
        name = WaitMs.NAME,
        in = ParameterIn.QUERY,
        description = "Maximum time to wait for the result, in milliseconds; 0 responds immediately",
        schema = @Schema(type = "integer", minimum = "0", maximum = "60000", defaultValue = "0"))
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WaitParameter {}
