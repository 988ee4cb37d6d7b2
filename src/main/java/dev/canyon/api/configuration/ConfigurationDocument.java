package dev.canyon.api.configuration;

import dev.canyon.api.listener.DefinitionView;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.Origin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** All definitions that were created through the API, as one document. */
@Schema(description = "All definitions created through the API")
record ConfigurationDocument(@Schema(example = "1") int version, List<DefinitionView> listeners) {

    /** The version of the format; an incompatible format gets another one. */
    static final int VERSION = 1;

    static ConfigurationDocument of(ListenerDirectory directory) {
        return new ConfigurationDocument(
                VERSION,
                directory
                        .all()
                        .filter(listener -> listener.origin() == Origin.API)
                        .map(ListenerSnapshot::definition)
                        .map(DefinitionView::of)
                        .toList());
    }
}
