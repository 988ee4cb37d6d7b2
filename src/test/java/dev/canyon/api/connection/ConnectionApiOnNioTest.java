package dev.canyon.api.connection;

import org.springframework.test.context.TestPropertySource;

/** The same with the NIO transport. */
@TestPropertySource(properties = {"canyon.transport=nio", "canyon.listeners[0].name=api-test-declared-nio"})
class ConnectionApiOnNioTest extends ConnectionApiTest {}
