package dev.canyon.api.json;

import jakarta.validation.Path;

/** The path of a field as its author would write it: {@code tcp.backlog}, {@code labels.team}. */
final class FieldPath {

    private FieldPath() {}

    static String of(Path path) {
        StringBuilder text = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                text.append('[').append(node.getIndex()).append(']');
                continue;
            }
            // An entry of a map is named by its key; Bean Validation itself says "<map key>".
            text.append(text.isEmpty() ? "" : ".").append(node.getKey() == null ? node.getName() : node.getKey());
        }
        return text.toString();
    }
}
