package dev.canyon.security.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.security.key.OpenAccess;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Uses a manual clock. */
class RequestRateTest {

    private final AtomicLong clock = new AtomicLong();
    private final RequestRate rate =
            new RequestRate(3, (request, response, reason, detail) -> response.setStatus(429), clock::get);

    @Test
    void aBurstOfOneSecondsRequestsIsAllowed() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(call("admin", "192.0.2.1").getStatus()).isEqualTo(200);
        }
        MockHttpServletResponse refused = call("admin", "192.0.2.1");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(334));
        assertThat(call("admin", "192.0.2.1").getStatus()).isEqualTo(200);
        assertThat(call("admin", "192.0.2.1").getStatus()).isEqualTo(429);
    }

    @Test
    void limitsPerKeyOrPerSourceWithoutAKey() throws Exception {
        for (int i = 0; i < 3; i++) {
            call("admin", "192.0.2." + i);
            call(null, "192.0.2.1");
            call(OpenAccess.ANYONE, "192.0.2.4");
        }
        assertThat(call("admin", "192.0.2.9").getStatus()).isEqualTo(429);
        assertThat(call(null, "192.0.2.1").getStatus()).isEqualTo(429);
        assertThat(call(OpenAccess.ANYONE, "192.0.2.4").getStatus()).isEqualTo(429);
        assertThat(call(null, "192.0.2.2").getStatus()).isEqualTo(200);
        assertThat(call("viewer", "192.0.2.1").getStatus()).isEqualTo(200);
    }

    @Test
    void anIdleCallerAccumulatesNoMoreThanOneSecond() throws Exception {
        call("admin", "192.0.2.1");
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        for (int i = 0; i < 3; i++) {
            assertThat(call("admin", "192.0.2.1").getStatus()).isEqualTo(200);
        }
        assertThat(call("admin", "192.0.2.1").getStatus()).isEqualTo(429);
    }

    @Test
    void tracksABoundedNumberOfCallersAndForgetsIdleOnes() throws Exception {
        for (int i = 0; i < 12_000; i++) {
            call(null, "10.0." + i / 256 + "." + i % 256);
        }
        assertThat(rate.callers()).isBetween(1L, 10_000L);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(rate.callers()).isZero();
    }

    private MockHttpServletResponse call(@Nullable String caller, String address) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        request.setUserPrincipal(caller == null ? null : () -> caller);
        MockHttpServletResponse response = new MockHttpServletResponse();
        rate.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
