/**
 * Opens echo endpoints and defines how they behave. Independent of Spring and HTTP: the engine also runs in tests and in the
 * command line tool.
 *
 * <p>Start reading at {@link dev.canyon.engine.EchoTransport}, which opens an {@link dev.canyon.engine.endpoint.EchoEndpoint} for an
 * {@link dev.canyon.engine.endpoint.EndpointSpec}. {@code engine.tcp} and {@code engine.udp} contain diagrams of the data path.
 *
 * <p>Sub-packages from top to bottom, each using only those below it: {@code tcp}, {@code socket}, {@code udp}, {@code endpoint},
 * {@code traffic}, {@code peer}, {@code identity}, {@code tls}, {@code kernel}, {@code setting}; {@code fault} and {@code reply}, which {@code tcp} and {@code udp}
 * install. The transport is above the protocols and the specification below them, so that no sub-package depends on its parent.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"net", "thread"})
package dev.canyon.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
