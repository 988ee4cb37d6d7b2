package dev.canyon.engine.reply.datagram;

import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramChain;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.reply.Answers;
import dev.canyon.engine.reply.Delayed;
import dev.canyon.engine.reply.Discard;
import dev.canyon.engine.reply.Fixed;
import dev.canyon.engine.reply.Identity;
import dev.canyon.engine.reply.Reply;
import dev.canyon.engine.reply.Stamp;
import io.netty.buffer.ByteBuf;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the datagrams of an endpoint into their replies. The address of the sender may be forged, so a reply that is longer than
 * its request is sent only where that harms nobody. Used on the event loop of the endpoint.
 */
public abstract class DatagramReply implements DatagramChain.Middle {

    private final AnsweredDatagrams endpoint;
    private @Nullable Consumer<Datagram> next;

    DatagramReply(AnsweredDatagrams endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The reply of a mode.
     *
     * @return null for the echo, and for modes of TCP
     */
    public static @Nullable DatagramReply of(Reply reply, AnsweredDatagrams endpoint) {
        if (reply instanceof Discard) {
            return new Discarding(endpoint);
        }
        if (reply instanceof Fixed fixed) {
            return new Answering(endpoint, Answers.fixed(fixed));
        }
        if (reply instanceof Identity) {
            return new Answering(endpoint, Answers.identity());
        }
        if (reply instanceof Delayed delayed) {
            return new Delaying(endpoint, delayed);
        }
        return reply instanceof Stamp ? new Reflecting(endpoint, Clock.systemUTC()) : null;
    }

    @Override
    public final void connect(Consumer<Datagram> following) {
        next = following;
    }

    /** Sends at once what is held back. */
    @Override
    public void release() {}

    final AnsweredDatagrams endpoint() {
        return endpoint;
    }

    final void forward(Datagram datagram) {
        Consumer<Datagram> following = next;
        if (following == null) {
            throw new IllegalStateException("the reply is not part of a chain");
        }
        following.accept(datagram);
    }

    /** @param reply released or forwarded */
    final void answer(Datagram request, ByteBuf reply) {
        int received = request.payload().readableBytes();
        int sent = reply.readableBytes();
        if (sent > received && !endpoint.mayAmplify()) {
            reply.release();
            endpoint.drop(request, DropReason.AMPLIFICATION);
            return;
        }
        endpoint.answered(received, sent);
        request.answer(reply);
        forward(request);
    }
}
