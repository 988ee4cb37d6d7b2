package dev.canyon.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketUriTest {

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:7, tcp://127.0.0.1:7",
        "UDP://localhost:0/, udp://localhost:0",
        "tcp://[::1]:65535, tcp://[::1]:65535",
        "TLS://example.net:443, tls://example.net:443",
        "tcp://[fe80::1%eth0]:7, tcp://[fe80::1%eth0]:7",
        "tcp://[fe80::1%25eth0]:7, tcp://[fe80::1%eth0]:7",
        "tcp://[fe80::1%252]:7, tcp://[fe80::1%2]:7",
        "tcp://[fe80::1%25]:7, tcp://[fe80::1%25]:7",
    })
    void understands(String text, String meant) {
        assertThat(SocketUri.parse(text)).hasToString(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7, 'has no protocol (expected: tcp://HOST:PORT'",
        "://127.0.0.1:7, has no protocol",
        "http://127.0.0.1:7, has the protocol 'http'",
        "tcp://:7, has no host",
        "tcp://[]:7, has no host",
        "tcp://, has no host",
        "tcp://host, has no port",
        "tcp://host:, has no port",
        "tcp://[::1], has no port",
        "tcp://host:99999, 'has port 99999 (expected: 0 to 65535)'",
        "tcp://host:123456, 'has port 123456 (expected: 0 to 65535)'",
        "tcp://host:-1, 'has port -1 (expected: 0 to 65535)'",
        "tcp://host:echo, 'has port echo (expected: 0 to 65535)'",
        "tcp://::1:7, 'is not a socket address (expected: tcp://HOST:PORT, udp://HOST:PORT or tls://HOST:PORT; IPv6 addresses in brackets'",
        "tcp://host:7/path, is not a socket address",
        "tcp://a_b!:7, a host name",
    })
    void namesThePartAtFault(String text, String fault) {
        assertThatThrownBy(() -> SocketUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }
}
