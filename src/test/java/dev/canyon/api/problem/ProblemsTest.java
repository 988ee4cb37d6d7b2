package dev.canyon.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.thread.EventLoopBlockedException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

class ProblemsTest {

    private final Problems problems = new Problems();
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/listeners");

    @Test
    void aClientThatDisconnectsDuringTheResponseIsNoError() {
        Exception reset = new IllegalStateException(new AsyncRequestNotUsableException("Connection reset by peer"));
        assertThat(problems.on(new HttpMessageNotWritableException("half an answer", reset), request))
                .isNull();
    }

    @Test
    void aResponseThatCannotBeWrittenIsAnError() {
        assertThat(Objects.requireNonNull(problems.on(new HttpMessageNotWritableException("no JSON of this"), request))
                        .getStatusCode()
                        .value())
                .isEqualTo(500);
    }

    @Test
    void aBlockedEventLoopIsReported() {
        ResponseEntity<Object> refused =
                problems.on(new EventLoopBlockedException("an event loop has not answered for 10 s: try again"));
        assertThat(refused.getStatusCode().value()).isEqualTo(503);
        assertThat(refused.getBody()).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("event-loop-blocked");
            assertThat(problem.detail()).endsWith("try again");
        });
    }
}
