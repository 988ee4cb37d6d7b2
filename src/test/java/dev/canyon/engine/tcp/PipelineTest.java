package dev.canyon.engine.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.tcp.Pipeline.Slot;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Pipeline pipeline = new Pipeline(channel.pipeline());

    @Test
    @SuppressWarnings("EnumOrdinal") // the slots are declared in their order
    void slotsKeepTheirOrderInWhateverOrderTheyAreFilled() {
        for (int seed = 0; seed < 50; seed++) {
            List<Slot> slots = new ArrayList<>(Arrays.asList(Slot.values()));
            Collections.shuffle(slots, new Random(seed));
            List<ChannelHandler> inOrder = new ArrayList<>(Collections.nCopies(slots.size(), null));
            for (Slot slot : slots) {
                ChannelHandler handler = new ChannelInboundHandlerAdapter();
                inOrder.set(slot.ordinal(), handler);
                pipeline.put(slot, handler);
            }
            assertThat(handlers()).as("seed " + seed).isEqualTo(inOrder);
            slots.forEach(pipeline::remove);
            assertThat(handlers()).isEmpty();
        }
    }

    @Test
    void fillingASlotAgainReplacesItsHandler() {
        ChannelHandler first = new ChannelInboundHandlerAdapter();
        ChannelHandler second = new ChannelInboundHandlerAdapter();
        pipeline.put(Slot.TAP, first);
        pipeline.put(Slot.TAP, second);
        assertThat(handlers()).containsExactly(second);
        assertThat(pipeline.get(Slot.TAP)).isSameAs(second);
    }

    @Test
    void removingFromAnEmptySlotChangesNothing() {
        pipeline.put(Slot.REPLY, EchoReply.INSTANCE);
        pipeline.remove(Slot.TAP);
        assertThat(handlers()).containsExactly(EchoReply.INSTANCE);
        assertThat(pipeline.has(Slot.TAP)).isFalse();
    }

    private List<ChannelHandler> handlers() {
        List<ChannelHandler> handlers = new ArrayList<>();
        channel.pipeline().iterator().forEachRemaining(entry -> handlers.add(entry.getValue()));
        return handlers;
    }
}
