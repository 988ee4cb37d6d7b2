package dev.canyon.listener;

import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.CanyonProperties.TransportChoice;
import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.TransportKind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ListenerConfiguration.class);

    /** Only an engine knows which ports it publishes; this is how Docker marks what it runs. */
    private static final Path DOCKER = Path.of("/.dockerenv");

    @Bean(destroyMethod = "close")
    EchoTransport echoTransport(CanyonProperties properties) {
        TransportKind kind = kind(properties.transport());
        log.info("Sockets are reached through {}", kind);
        return EchoTransport.start(kind);
    }

    private static TransportKind kind(TransportChoice choice) {
        return switch (choice) {
            case AUTO -> {
                TransportKind preferred = TransportKind.preferred();
                if (preferred != TransportKind.EPOLL) {
                    log.warn(
                            "epoll is not available on this machine, so UDP is slower",
                            TransportKind.EPOLL.unavailabilityCause());
                }
                yield preferred;
            }
            case EPOLL -> TransportKind.EPOLL;
            case IO_URING -> TransportKind.IO_URING;
            case NIO -> TransportKind.NIO;
        };
    }

    @Bean
    ListenerRegistry listenerDirectory(CanyonProperties properties) {
        return new ListenerRegistry(properties.limits().maxListeners());
    }

    @Bean
    ListenerFaces listenerFaces(
            GenericApplicationContext context, ListenerRegistry registry, ObjectProvider<ManagementObserver> observer) {
        return new ListenerFaces(context, registry, observer.getIfAvailable(() -> ManagementObserver.NONE));
    }

    @Bean(destroyMethod = "close")
    Ports listenerPorts(EchoTransport transport, CanyonProperties properties) {
        AllowedEndpoints allowed = AllowedEndpoints.in(properties.limits());
        if (allowed.everyPort() && Files.exists(DOCKER)) {
            log.info(
                    "From outside this container only published ports reach a listener. Set canyon.limits.ports to those, and a"
                            + " listener on another port is refused instead of unreachable.");
        }
        return new Ports(transport, allowed, new Retries());
    }

    @Bean
    Listeners listeners(
            ListenerRegistry registry,
            ListenerStore store,
            ListenerFaces faces,
            Ports ports,
            ObjectProvider<ListenerObserver.Factory> observers,
            CanyonProperties properties) {
        Listeners listeners = new Listeners(
                registry, store, faces, ports, observers.getIfAvailable(() -> name -> ListenerObserver.NONE));
        // Their names are taken before the API is there to take them.
        Declarations.in(properties).forEach(listeners::declare);
        return listeners;
    }

    @Bean
    ListenersLifecycle listenersLifecycle(
            Listeners listeners, ListenerRegistry registry, EchoTransport transport, ListenerFaces faces) {
        return new ListenersLifecycle(listeners, registry, transport, faces);
    }
}
