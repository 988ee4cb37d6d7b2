package dev.canyon.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.canyon.api.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

class UnexpectedInputInterceptorTest {

    static class Operations {

        @GetMapping(path = "/things", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        public void stream() {}

        @GetMapping(path = "/thing")
        public void read() {}
    }

    private static InvalidRequestException refusalOf(String operation) throws NoSuchMethodException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setQueryString("limit=2");
        HandlerMethod method = new HandlerMethod(new Operations(), operation);
        return catchThrowableOfType(
                InvalidRequestException.class,
                () -> new UnexpectedInputInterceptor().preHandle(request, new MockHttpServletResponse(), method));
    }

    @Test
    void aStreamNamesTheRepresentationThatHasParameters() throws Exception {
        assertThat(refusalOf("stream"))
                .hasMessageContaining("limit")
                .hasMessageContaining("the event stream has no query parameters; ask for application/json in Accept");
        assertThat(refusalOf("read")).hasMessageContaining("this operation has no query parameters");
    }
}
