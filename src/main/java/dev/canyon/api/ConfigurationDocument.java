package dev.canyon.api;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.Origin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Every definition that was made over the API, as one document. */
@Schema(description = "Every definition that was made over the API")
record ConfigurationDocument(@Schema(example = "1") int version, List<DefinitionView> listeners) {

    /** Of the form of the document. A form that cannot be read as this one gets another number. */
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
