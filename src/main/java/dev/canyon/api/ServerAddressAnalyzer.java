package dev.canyon.api;

import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

/** Tells at start why the API cannot be opened where it should, instead of a stack trace; Spring Boot does so of a taken port. */
final class ServerAddressAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
        @Nullable BindException refusal = findCause(cause, BindException.class);
        if (refusal == null || cause instanceof PortInUseException) {
            return null;
        }
        return new FailureAnalysis(
                "The API cannot be opened: " + refusal.getMessage() + ".",
                "Set server.address to an address of this machine, or to 0.0.0.0 for all it has. A server.port below 1024 takes"
                        + " CAP_NET_BIND_SERVICE or a lower net.ipv4.ip_unprivileged_port_start. The same holds for"
                        + " management.server.address and .port, where they are set.",
                cause);
    }
}
