/**
 * Listeners as managed beans: in the Spring context and in JMX.
 *
 * <p>Start reading at {@link dev.canyon.listener.management.ManagedListener}. {@code listener} uses this package only through
 * {@link dev.canyon.listener.ListenerBeans}.
 */
@NullMarked
@NamedInterface("management")
package dev.canyon.listener.management;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
