package dev.canyon.definition;

/**
 * A definition and its version.
 *
 * @param version unique over all listeners and all time
 */
public record VersionedDefinition(ListenerDefinition definition, long version) {

    public String name() {
        return definition.name();
    }
}
