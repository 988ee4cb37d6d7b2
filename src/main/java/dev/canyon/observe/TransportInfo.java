package dev.canyon.observe;

import dev.canyon.engine.EchoTransport;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/** The transport in use, at {@code /actuator/info}. */
@Component
class TransportInfo implements InfoContributor {

    private final EchoTransport transport;

    TransportInfo(EchoTransport transport) {
        this.transport = transport;
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("transport", Map.of("kind", transport.kind().toString()));
    }
}
