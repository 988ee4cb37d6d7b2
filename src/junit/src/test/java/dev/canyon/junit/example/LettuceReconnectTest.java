package dev.canyon.junit.example;

import static dev.canyon.junit.Faults.disconnectAfter;
import static dev.canyon.junit.Faults.silence;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.junit.Answer;
import dev.canyon.junit.Connection;
import dev.canyon.junit.EchoListeners;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Lettuce, a client of Redis that reconnects by itself, does with a command whose answer is lost. */
class LettuceReconnectTest {

    private static final String INCR = "*2\r\n$4\r\nINCR\r\n$4\r\nhits\r\n";

    /** Answers each command with the number 1, as Redis answers INCR. */
    @RegisterExtension
    static final EchoListeners echo = EchoListeners.withTcp("redis", Answer.always(":1\r\n"));

    private RedisClient client;

    @BeforeEach
    void createClient() {
        RedisURI uri =
                RedisURI.create(echo.tcp("redis").host(), echo.tcp("redis").port());
        uri.setTimeout(ofSeconds(20));
        uri.setLibraryName("");
        uri.setLibraryVersion("");
        client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP2)
                .pingBeforeActivateConnection(false)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .build());
    }

    @AfterEach
    void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }

    @Test
    void aCommandIsSentOnce() {
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            assertThat(redis.sync().incr("hits")).isEqualTo(1);
            assertThat(echo.tcp("redis").received().text()).isEqualTo(INCR);
        }
    }

    /** Found: the command that the server has received is sent again on the next connection, so that it counts twice. */
    @Test
    void aCommandIsSentAgainAfterAReconnect() {
        echo.tcp("redis").fault(disconnectAfter(1).first(1));
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            assertThat(redis.sync().incr("hits")).isEqualTo(1);
            assertThat(echo.tcp("redis").connections())
                    .extracting(Connection::received)
                    .extracting(Object::toString)
                    .hasSize(2)
                    .allMatch(received -> received.contains("INCR"));
        }
    }

    /** Found: a command that has timed out was sent, so that to try again counts twice as well. */
    @Test
    void aTimedOutCommandHasReachedTheServer() {
        echo.tcp("redis").fault(silence());
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            redis.setTimeout(ofMillis(200));
            assertThatThrownBy(() -> redis.sync().incr("hits")).isInstanceOf(RedisCommandTimeoutException.class);
            assertThat(echo.tcp("redis").received().text()).isEqualTo(INCR);
        }
    }
}
