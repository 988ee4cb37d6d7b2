/**
 * The contract of an endpoint: its specification, its settings per protocol, and the operations of an open port.
 *
 * <p>Start reading at {@link dev.canyon.engine.endpoint.EndpointSpec} and {@link dev.canyon.engine.endpoint.EchoEndpoint}.
 */
@NullMarked
@NamedInterface("endpoint")
package dev.canyon.engine.endpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
