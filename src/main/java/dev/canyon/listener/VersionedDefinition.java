package dev.canyon.listener;

/**
 * A definition and its version.
 *
 * @param version differs from every other version that any listener ever had
 */
public record VersionedDefinition(ListenerDefinition definition, long version) {

    public String name() {
        return definition.name();
    }
}
