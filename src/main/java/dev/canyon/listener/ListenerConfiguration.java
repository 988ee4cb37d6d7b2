package dev.canyon.listener;

import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.listener.directory.ListenerObserver;
import dev.canyon.listener.endpoint.AllowedEndpoints;
import dev.canyon.listener.endpoint.EndpointClaims;
import dev.canyon.listener.endpoint.HostLookup;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.CanyonProperties.TransportChoice;
import dev.canyon.settings.DeclaredListeners;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ListenerConfiguration.class);

    /** Docker creates this file in its containers; the published ports are known to the container engine only. */
    private static final Path DOCKER = Path.of("/.dockerenv");

    @Bean(destroyMethod = "close")
    EchoTransport echoTransport(CanyonProperties properties, TlsContexts tls) {
        TransportKind kind = kind(properties.transport());
        log.info("Using the {} transport", kind);
        Long waitingBytes = properties.limits().waitingBytes();
        return EchoTransport.start(
                kind, waitingBytes == null ? EchoTransport.defaultWaitingBytes() : waitingBytes, tls);
    }

    private static TransportKind kind(TransportChoice choice) {
        return switch (choice) {
            case AUTO -> {
                TransportKind preferred = TransportKind.preferred();
                if (preferred != TransportKind.EPOLL) {
                    log.warn(
                            "epoll is not available; UDP throughput will be lower",
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
    EndpointClaims endpointClaims() {
        return new EndpointClaims();
    }

    @Bean
    ListenerRegistry listenerDirectory(CanyonProperties properties, EndpointClaims claims) {
        return new ListenerRegistry(properties.limits().maxListeners(), claims);
    }

    @Bean(destroyMethod = "close")
    HostLookup hostLookup() {
        return new HostLookup();
    }

    @Bean(destroyMethod = "close")
    ChangeExecutor changeExecutor() {
        return new ChangeExecutor();
    }

    @Bean(destroyMethod = "close")
    PortBinder portBinder(
            EchoTransport transport,
            EndpointClaims claims,
            HostLookup hosts,
            ChangeExecutor changes,
            CanyonProperties properties) {
        AllowedEndpoints allowed = AllowedEndpoints.in(properties.limits());
        if (allowed.everyPort() && Files.exists(DOCKER)) {
            log.info(
                    "Running in a container: only published ports can be reached from outside. Set canyon.limits.ports to the"
                            + " published range so that listeners on other ports are rejected instead of being unreachable.");
        }
        return new PortBinder(transport, allowed, claims, hosts, changes);
    }

    @Bean
    Listeners listeners(
            ListenerRegistry registry,
            ListenerStore store,
            ListenerBeans beans,
            PortBinder ports,
            ChangeExecutor changes,
            ObjectProvider<ListenerObserver.Factory> observers,
            CanyonProperties properties) {
        Listeners listeners = new Listeners(
                registry, store, beans, ports, changes, observers.getIfAvailable(() -> name -> ListenerObserver.NONE));
        // Before the API accepts requests that could take their names.
        DeclaredListeners.in(properties).forEach(listeners::declare);
        return listeners;
    }

    @Bean
    ListenersLifecycle listenersLifecycle(
            Listeners listeners, ListenerRegistry registry, EchoTransport transport, ListenerBeans beans) {
        return new ListenersLifecycle(listeners, registry, transport, beans);
    }
}
