package dev.canyon.api.json;

import jakarta.validation.Path;

/** The path of a field as in the JSON document: {@code tcp.backlog}, {@code labels.team}. */
final class FieldPath {

    private FieldPath() {}

    static String of(Path path) {
        StringBuilder text = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                text.append('[').append(node.getIndex()).append(']');
                continue;
            }
            // A map entry is named by its key rather than "<map key>", as Bean Validation does.
            text.append(text.isEmpty() ? "" : ".").append(node.getKey() == null ? node.getName() : node.getKey());
        }
        return text.toString();
    }
}
