package dev.canyon.api.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ReplyApiTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/r";

    private Answer create(String protocol, String more) throws Exception {
        return create("{\"name\":\"r\",\"protocol\":\"" + protocol + "\",\"port\":0," + more.replace('\'', '"') + "}");
    }

    private static String ask(int port, String text) throws Exception {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theDefaultIsTheEcho() throws Exception {
        assertThat(create("tcp", "'description':''").at("/reply").toString()).isEqualTo("{\"mode\":\"echo\"}");
        assertThat(get(LISTENER).at("/framing").toString()).isEqualTo("{\"type\":\"none\"}");
        assertThat(get(LISTENER).body().has("banner")).isFalse();
        delete(LISTENER);
        assertThat(create("udp", "'description':''").body().has("framing")).isFalse();
    }

    @Test
    void aPatchChangesTheReplyOfNewConnectionsWithoutAnotherSocket() throws Exception {
        int port = create("tcp", "'reply':{'mode':'fixed','text':'one'},'banner':{'text':'220 '}")
                .at("/status/port")
                .intValue();
        assertThat(ask(port, "?")).isEqualTo("220 one");
        JsonNode patched = patch(LISTENER, "{\"reply\":{\"text\":\"two\"},\"banner\":null}")
                .body();
        assertThat(patched.at("/reply").toString()).isEqualTo("{\"mode\":\"fixed\",\"text\":\"two\"}");
        assertThat(patched.has("banner")).isFalse();
        assertThat(patched.at("/status/port").intValue()).isEqualTo(port);
        assertThat(ask(port, "?")).isEqualTo("two");
        // Another mode takes over no fields of the former one.
        assertThat(patch(LISTENER, "{\"reply\":{\"mode\":\"identity\"}}")
                        .at("/reply")
                        .toString())
                .isEqualTo("{\"mode\":\"identity\"}");
        assertThat(ask(port, "who?")).contains("\"listener\":\"r\"", "\"replica\":null", "\"text\":\"who?\"");
        assertThat(patch(LISTENER, "{\"reply\":null}").at("/reply/mode").stringValue())
                .isEqualTo("echo");
        assertThat(ask(port, "echo")).isEqualTo("echo");
    }

    @Test
    void aViewCanBeSentBack() throws Exception {
        create("tcp", "'reply':{'mode':'delayed','maxDelayMs':5},'framing':{'type':'length','lengthBytes':2}");
        JsonNode view = get(LISTENER).body();
        assertThat(put(LISTENER, view.toString()).status()).isEqualTo(200);
        assertThat(get(LISTENER).at("/framing")).isEqualTo(view.at("/framing"));
        assertThat(get(LISTENER).at("/reply")).isEqualTo(view.at("/reply"));
    }

    @Test
    void countsAnswersAsAdded() throws Exception {
        int port = create("tcp", "'reply':{'mode':'fixed','hex':'00 01'}")
                .at("/status/port")
                .intValue();
        assertThat(ask(port, "abc")).hasSize(2);
        await().untilAsserted(() -> {
            JsonNode traffic = get(LISTENER).at("/status/traffic");
            assertThat(traffic.path("addedBytes").intValue()).isEqualTo(2);
            assertThat(traffic.path("discardedBytes").intValue()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "tcp | 'reply':{'mode':'stamp'} | reply.mode | stamp is not for tcp; modes for tcp: echo, discard",
                "udp | 'reply':{'mode':'chargen'} | reply.mode | modes for udp: echo, discard, fixed, identity, delayed, stamp",
                "tcp | 'reply':{'mode':'shout'} | reply.mode | is unknown: \"shout\"; known: echo",
                "tcp | 'reply':{} | reply.mode | is required; known: echo",
                "tcp | 'reply':'echo' | reply | must be an object",
                "tcp | 'reply':{'mode':'fixed'} | reply.text | is required, or instead of it hex or base64",
                "tcp | 'reply':{'mode':'fixed','text':'a','hex':'00'} | reply.hex | cannot be given together with text; leave out one of them",
                "tcp | 'reply':{'mode':'fixed','hex':'0'} | reply.hex | must be an even number of hex digits",
                "tcp | 'reply':{'mode':'fixed','base64':'%'} | reply.base64 | must be Base64",
                "tcp | 'reply':{'mode':'discard','text':'a'} | reply.text | is not for mode discard, but for fixed; leave it out",
                "tcp | 'reply':{'mode':'delayed','delayMs':1} | reply.delayMs | is unknown; known fields: maxDelayMs",
                "tcp | 'reply':{'mode':'delayed','maxDelayMs':-1} | reply.maxDelayMs | must be an integer from 0 to 86400000",
                "udp | 'banner':{'text':'a'} | banner | is not for a udp listener; remove it or use protocol tcp",
                "tcp | 'banner':{} | banner.text | is required, or instead of it hex",
                "udp | 'framing':{'type':'line'} | framing | is not for a udp listener",
                "tcp | 'framing':{'type':'length','lengthBytes':3} | framing.lengthBytes | must be 1, 2 or 4",
                "tcp | 'reply':{'mode':'chargen'},'framing':{'type':'line'} | framing.type | must be none with reply mode chargen",
            })
    void namesTheFieldAndTheRemedy(String protocol, String more, String field, String message) throws Exception {
        Answer refused = create(protocol, more);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/field").stringValue()).isEqualTo(field);
        assertThat(refused.at("/errors/0/message").stringValue()).contains(message);
        assertThat(refused.at("/errors").size()).isEqualTo(1);
    }

    @Test
    void aReplyThatTheLengthFieldCannotExpressIsRefused() throws Exception {
        Answer refused = create(
                "tcp",
                "'reply':{'mode':'fixed','text':'" + "a".repeat(256)
                        + "'},'framing':{'type':'length','lengthBytes':1}");
        assertThat(refused.at("/errors/0/field").stringValue()).isEqualTo("reply.text");
        assertThat(refused.at("/errors/0/message").stringValue()).endsWith("increase framing.lengthBytes");
    }
}
