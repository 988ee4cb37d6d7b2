package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.canyon.junit.EchoListeners;
import io.netty.util.ResourceLeakDetector;
import java.io.File;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes with the extension. */
class ClassPathTest {

    @RegisterExtension
    static final EchoListeners echo =
            EchoListeners.withTcp("backend").andUdp("syslog").andTls("secure");

    @Test
    void bringsNothingButNetty() {
        List<String> libraries = Arrays.stream(
                        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .map(entry -> new File(entry).getName())
                .filter(name -> name.endsWith(".jar"))
                .filter(name -> !name.matches("(junit-|opentest4j-|apiguardian-|surefire).*"))
                .toList();
        assertTrue(libraries.stream().anyMatch(name -> name.startsWith("canyon-junit-")), libraries::toString);
        assertEquals(
                List.of(),
                libraries.stream()
                        .filter(name -> !name.matches("(canyon-junit|netty|jspecify)-.*"))
                        .toList());
    }

    @Test
    void needsNoSpring() {
        for (String spring :
                new String[] {"org.springframework.core.SpringVersion", "org.springframework.modulith.ApplicationModule"
                }) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(spring));
        }
    }

    /** The project may use Netty itself. */
    @Test
    void leavesTheSettingsOfNettyAlone() {
        assertEquals(ResourceLeakDetector.Level.SIMPLE, ResourceLeakDetector.getLevel());
    }

    @Test
    void encryptsWithoutFurtherLibraries() throws Exception {
        try (Socket client = echo.tls("secure")
                .sslContext()
                .getSocketFactory()
                .createSocket("localhost", echo.tls("secure").port())) {
            client.getOutputStream().write(7);
            assertEquals(7, client.getInputStream().read());
        }
    }
}
