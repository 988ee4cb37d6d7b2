package dev.canyon.api;

import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

/** Explains at startup why the address of the API cannot be bound. Spring Boot itself covers only a port that is in use. */
final class ServerAddressAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
        @Nullable BindException refusal = findCause(cause, BindException.class);
        if (refusal == null || cause instanceof PortInUseException) {
            return null;
        }
        return new FailureAnalysis(
                "The address of the API cannot be bound: " + refusal.getMessage() + ".",
                "Set server.address to an address of this machine, or to 0.0.0.0 for all addresses. A server.port below 1024"
                        + " requires CAP_NET_BIND_SERVICE or a lower net.ipv4.ip_unprivileged_port_start. The same applies to"
                        + " management.server.address and management.server.port, if set.",
                cause);
    }
}
