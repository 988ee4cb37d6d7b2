package dev.canyon.api.http;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes {@code limit} and {@code cursor} of a collection in the OpenAPI document. */
@Parameter(
        name = "limit",
        in = ParameterIn.QUERY,
        description = "Maximum number of items",
        schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
@Parameter(
        name = "cursor",
        in = ParameterIn.QUERY,
        description = "The nextCursor of the previous page",
        schema = @Schema(type = "string"))
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface PageParameters {}
