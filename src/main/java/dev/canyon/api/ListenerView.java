package dev.canyon.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.canyon.listener.ListenerSnapshot;
import io.swagger.v3.oas.annotations.media.Schema;

/** A listener as it goes out: its definition, complete, and its status. */
@Schema(description = "A listener: its definition with every default filled in, and its status")
record ListenerView(@JsonUnwrapped DefinitionView definition, StatusView status) {

    static ListenerView of(ListenerSnapshot listener) {
        return new ListenerView(DefinitionView.of(listener.definition()), StatusView.of(listener));
    }
}
