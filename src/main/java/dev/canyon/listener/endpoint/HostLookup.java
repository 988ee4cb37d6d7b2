package dev.canyon.listener.endpoint;

import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import dev.canyon.thread.DaemonThreads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Resolves the hosts of listeners without blocking the caller. Concurrent lookups of one name share a thread, so a slow name
 * delays only the listeners that use it; an address literal needs no lookup. Safe for use by multiple threads.
 */
public final class HostLookup implements AutoCloseable {

    /** The number of names that can be looked up at the same time. */
    private static final int THREADS = 8;

    private static final int IDLE_SECONDS = 5;

    private final Function<String, InetAddress> resolver;
    private final Map<String, CompletableFuture<InetAddress>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.numbered("canyon-lookup"));

    /** Uses the name service of the JDK. */
    public HostLookup() {
        this(host -> new ListenAddress(host, 0).resolve().getAddress());
    }

    /** @param resolver may block; throws {@link dev.canyon.net.BindFailedException} if the host has no address */
    public HostLookup(Function<String, InetAddress> resolver) {
        this.resolver = resolver;
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Resolves on the calling thread, which may block on the name service.
     *
     * @throws dev.canyon.net.BindFailedException if the host has no address
     */
    public InetSocketAddress resolve(ListenAddress address) {
        return new InetSocketAddress(resolver.apply(address.host()), address.port());
    }

    /**
     * Resolves on a thread of its own, unless the host is an address literal.
     *
     * @return fails with {@link dev.canyon.net.BindFailedException} if the host has no address
     */
    public CompletableFuture<InetSocketAddress> lookUp(ListenAddress address) {
        try {
            if (IpText.parse(address.host()).isPresent()) {
                return CompletableFuture.completedFuture(resolve(address));
            }
            CompletableFuture<InetAddress> lookup = underWay.computeIfAbsent(
                    address.host(), host -> CompletableFuture.supplyAsync(() -> resolver.apply(host), threads));
            lookup.whenComplete((found, failure) -> underWay.remove(address.host(), lookup));
            return lookup.thenApply(found -> new InetSocketAddress(found, address.port()));
        } catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    /** Ends lookups that wait for a thread; they never complete. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
