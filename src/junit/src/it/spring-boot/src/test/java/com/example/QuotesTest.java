package com.example;

import static dev.canyon.junit.Faults.silence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.junit.Answer;
import dev.canyon.junit.EchoListeners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class QuotesTest {

    @RegisterExtension
    static final EchoListeners echo = EchoListeners.withTcp("quotes", Answer.always("Carpe diem."));

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry properties) {
        properties.add("quotes.host", () -> echo.tcp("quotes").host());
        properties.add("quotes.port", () -> echo.tcp("quotes").port());
    }

    @Autowired
    private Quotes quotes;

    @Test
    void comeFromTheServer() {
        assertThat(quotes.next()).isEqualTo("Carpe diem.");
    }

    @Test
    void haveAFallbackForASilentServer() {
        echo.tcp("quotes").fault(silence());
        assertThat(quotes.next()).isEqualTo(Quotes.FALLBACK);
    }
}
