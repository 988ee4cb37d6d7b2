package dev.canyon.api.http;

import org.springframework.test.context.TestPropertySource;

/** A reverse proxy removes the path; Spring evaluates its headers. */
@TestPropertySource(
        properties = {
            "server.forward-headers-strategy=framework",
            "canyon.listeners[0].name=forwarded-by-framework-test-declared"
        })
class ForwardedByFrameworkTest extends ForwardedPrefixTest {}
