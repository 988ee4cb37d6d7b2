package dev.canyon.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the listener that a parameter of a test stands for:
 *
 * <pre>{@code
 * @Test
 * void connects(@Listener("backend") InetSocketAddress address) { ... }
 * }</pre>
 *
 * <p>The parameter is a {@link TcpListener}, {@link TlsListener} or {@link UdpListener}, or the {@link java.net.InetSocketAddress} of
 * the listener. A parameter of a listener's type needs no annotation if the extension has only one listener of this type.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Listener {

    /** The name of the listener. */
    String value();
}
