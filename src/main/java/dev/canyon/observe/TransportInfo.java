package dev.canyon.observe;

import dev.canyon.transport.EchoTransport;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/** Which transport is in use, under {@code /actuator/info}. */
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
