package dev.canyon.engine.reply.datagram;

import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.peer.ConnectionIdentity;
import dev.canyon.engine.reply.Answers;
import dev.canyon.engine.reply.Received;
import dev.canyon.net.Protocol;
import java.time.Instant;

/** Answers each datagram with another one. */
final class Answering extends DatagramReply {

    private final Answers answers;
    private long sequence;

    Answering(AnsweredDatagrams endpoint, Answers answers) {
        super(endpoint);
        this.answers = answers;
    }

    @Override
    public void datagram(Datagram datagram) {
        Received received = new Received(
                endpoint().listener(),
                Protocol.UDP,
                new ConnectionIdentity(datagram.source(), datagram.server()),
                null,
                ++sequence,
                Instant.now(),
                datagram.payload());
        answer(datagram, answers.answer(datagram.payload().alloc(), received));
    }
}
