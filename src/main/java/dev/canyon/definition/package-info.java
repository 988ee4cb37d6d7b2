/**
 * The desired configuration of a listener, and the metadata of its fields.
 *
 * <p>Start reading at {@link dev.canyon.definition.ListenerDefinition}; {@link dev.canyon.definition.DefinitionFields} lists
 * all fields, and {@link dev.canyon.definition.DefinitionTree} reads and writes a definition as plain values. A new field that
 * configures the endpoint is declared in {@code engine.endpoint} with {@link dev.canyon.engine.setting.Setting}, one that does
 * not in {@code ListenerDefinition}. Independent of HTTP, Jackson and Spring.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "engine :: endpoint",
            "engine :: fault",
            "engine :: identity",
            "engine :: fault-type",
            "engine :: reply",
            "engine :: setting",
            "engine :: tls",
            "net"
        })
package dev.canyon.definition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
