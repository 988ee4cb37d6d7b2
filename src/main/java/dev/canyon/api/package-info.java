/**
 * The HTTP API, one package per resource. Controllers only translate between HTTP and the other packages; views define the wire
 * format.
 *
 * <p>Start reading at {@code api.listener}. Shared by all resources: {@code api.http} (paging, conditional requests, query
 * parameters), {@code api.stream} (server-sent events), {@code api.json} (strict bodies), {@code api.problem} (error responses),
 * {@code api.openapi} and {@code api.audit}.
 *
 * <p>No other package uses it.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "settings",
            "net",
            "thread",
            "definition",
            "dial",
            "engine",
            "engine :: endpoint",
            "engine :: fault",
            "engine :: identity",
            "engine :: fault-type",
            "engine :: peer",
            "engine :: tls",
            "engine :: traffic",
            "engine :: kernel",
            "engine :: setting",
            "dial :: tls",
            "listener",
            "listener :: directory",
            "listener :: endpoint",
            "listener :: management",
            "probe",
            "probe :: payload",
            "probe :: target",
            "probe :: spec",
            "probe :: run",
            "probe :: report",
            "observe",
            "inspect",
            "inspect :: event",
            "inspect :: capture",
            "inspect :: pcapng",
            "security",
            "security :: access",
            "security :: audit",
            "security :: key"
        })
package dev.canyon.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
