package dev.canyon.api.json;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request body: an object, read from JSON or YAML.
 *
 * @param root the fields; of a duplicate key, the last value
 * @param faults the errors that the tree does not show, such as duplicate keys, by path; to be reported with all others
 */
public record BodyTree(ObjectNode root, Faults faults) {

    /** A tree without faults. */
    public static BodyTree of(ObjectNode root) {
        return new BodyTree(root, new Faults());
    }

    /** Adds the errors that the tree does not show. */
    public void report(Faults all) {
        all.addAll("", faults);
    }
}
