package dev.canyon.api;

import org.springframework.test.context.TestPropertySource;

/** The same on the JDK's own sockets. */
@TestPropertySource(properties = {"canyon.transport=nio", "canyon.listeners[0].name=api-test-declared-nio"})
class ConnectionApiOnNioTest extends ConnectionApiTest {}
