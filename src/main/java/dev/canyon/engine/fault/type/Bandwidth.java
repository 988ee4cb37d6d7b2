package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.TokenBucket;
import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramHold;
import dev.canyon.engine.fault.datagram.DatagramStage;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits the rate with a token bucket: one for each TCP connection, one for each scope of datagrams. TCP stops reading while bytes
 * wait, so that the client's own sending slows down; UDP drops datagrams that do not fit into the queue.
 */
public record Bandwidth(
        @Setting(title = "Bytes/s", text = "The rate.", min = 1, max = 100_000_000_000L)
        long bytesPerSecond,

        @Setting(
                title = "Burst",
                text = "What may be sent at once after a pause; 0 for what the rate allows in 10 ms.",
                unit = Unit.BYTES,
                max = 1_000_000_000,
                defaultsTo = "0")
        long burstBytes,

        @Setting(
                title = "Queue",
                text = "UDP only: what may wait in each scope; further datagrams are dropped.",
                unit = Unit.BYTES,
                max = 1_000_000_000,
                defaultsTo = "65536")
        long queueBytes)
        implements StreamEffect, DatagramEffect {

    private static final SettingsRecord<Bandwidth> FIELDS = SettingsRecord.of(Bandwidth.class);

    /** Bytes that leave together: what the rate allows in this time. */
    private static final long QUANTUM_MILLIS = 2;

    public Bandwidth {
        FIELDS.check(bytesPerSecond, burstBytes, queueBytes);
    }

    private TokenBucket bucket() {
        long burst = burstBytes > 0 ? burstBytes : Math.max(1, bytesPerSecond / 100);
        return new TokenBucket(bytesPerSecond, burst, System.nanoTime());
    }

    @Override
    public StreamStage streamStage() {
        return new Stream();
    }

    @Override
    public DatagramStage datagramStage() {
        return new Datagrams();
    }

    private final class Stream extends StreamStage {

        private final TokenBucket bucket = bucket();
        private final Queue<ByteBuf> waiting = new ArrayDeque<>();
        private final Queue<Object> heldEnds = new ArrayDeque<>(1);
        private @Nullable ScheduledFuture<?> timer;

        @Override
        protected void bytes(ByteBuf bytes) {
            applied();
            int granted = waiting.isEmpty() ? bucket.take(bytes.readableBytes(), System.nanoTime()) : 0;
            if (granted == bytes.readableBytes()) {
                forward(bytes);
                return;
            }
            if (granted > 0) {
                forward(bytes.readRetainedSlice(granted));
            }
            ByteBuf rest = copy(bytes);
            stream().hold(rest.readableBytes());
            waiting.add(rest);
            stream().pause(this);
            schedule();
        }

        @Override
        protected void end(Object end) {
            if (waiting.isEmpty()) {
                forwardEnd(end);
            } else {
                heldEnds.add(end);
                stream().holdEnd(true);
            }
        }

        private void schedule() {
            ByteBuf head = waiting.peek();
            if (timer == null && head != null) {
                long quantum = Math.max(1, bytesPerSecond * QUANTUM_MILLIS / 1000);
                long wanted = Math.min(head.readableBytes(), quantum);
                timer = stream().loop().schedule(this::send, bucket.nanosUntil(wanted), TimeUnit.NANOSECONDS);
            }
        }

        private void send() {
            timer = null;
            for (ByteBuf head = waiting.peek(); head != null; head = waiting.peek()) {
                int granted = bucket.takeWhileBusy(head.readableBytes(), System.nanoTime());
                if (granted == 0) {
                    break;
                }
                // Taken out before it is forwarded, because that can close the connection, which empties the queue.
                ByteBuf part = granted == head.readableBytes() ? waiting.remove() : head.readRetainedSlice(granted);
                stream().unhold(granted);
                forward(part);
            }
            if (waiting.isEmpty()) {
                sentAll();
            }
            stream().flush();
            schedule();
        }

        private void sentAll() {
            stream().resume(this);
            for (Object end = heldEnds.poll(); end != null; end = heldEnds.poll()) {
                stream().holdEnd(false);
                forwardEnd(end);
            }
        }

        @Override
        protected void release() {
            cancel();
            while (!waiting.isEmpty()) {
                ByteBuf bytes = waiting.remove();
                stream().unhold(bytes.readableBytes());
                forward(bytes);
            }
            sentAll();
            stream().flush();
        }

        @Override
        protected void discard() {
            cancel();
            waiting.forEach(ByteBuf::release);
            waiting.clear();
            heldEnds.clear();
        }

        private void cancel() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }

    private final class Datagrams extends DatagramHold {

        private final Scopes<Scope> scopes = new Scopes<>(Scope::new);

        private final class Scope {
            private final TokenBucket bucket = bucket();
            private long waitingBytes;
        }

        @Override
        protected void chosen(Datagram datagram, long number) {
            Scope scope = scopes.of(scopeOf(datagram));
            int bytes = datagram.payload().readableBytes();
            if (scope.waitingBytes > 0 && scope.waitingBytes + bytes > queueBytes) {
                applied(datagram);
                endpoint().dropQueueFull(datagram);
                return;
            }
            long now = System.nanoTime();
            long wait = scope.bucket.takeInAdvance(bytes, now);
            if (wait == 0 && scope.waitingBytes == 0) {
                forward(datagram);
                return;
            }
            applied(datagram);
            if (forwardAt(datagram, now + wait)) {
                scope.waitingBytes += bytes;
            }
        }

        @Override
        protected void leaving(Datagram datagram) {
            scopes.of(scopeOf(datagram)).waitingBytes -= datagram.payload().readableBytes();
        }
    }
}
