/**
 * TCP, UDP and TLS echo listeners for tests with JUnit: in the JVM of the test, without Spring, HTTP or Docker.
 * <p>Start reading at {@link dev.canyon.junit.EchoListeners}; {@link dev.canyon.junit.Faults} lists what a listener can do wrong.
 */
@NullMarked
package dev.canyon.junit;

import org.jspecify.annotations.NullMarked;
