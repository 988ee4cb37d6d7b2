package dev.canyon.definition;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.reply.Framing;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;

/**
 * What decides whether a fault fits an endpoint.
 *
 * @param isEncrypted whether it uses TLS
 * @param isFramed whether it answers message by message
 * @param hasAllowedSources whether it serves certain sources only
 */
record FaultSite(
        Protocol protocol, ListenAddress address, boolean isEncrypted, boolean isFramed, boolean hasAllowedSources) {

    static FaultSite of(EndpointSpec endpoint) {
        return new FaultSite(
                endpoint.protocol(),
                endpoint.address(),
                endpoint.tls() != null,
                !(endpoint.replies().framing() instanceof Framing.None),
                !endpoint.allowedSources().isEmpty());
    }
}
