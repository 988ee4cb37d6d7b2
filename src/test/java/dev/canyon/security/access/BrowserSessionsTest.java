package dev.canyon.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.security.key.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

class BrowserSessionsTest {

    private final BrowserSessions sessions = new BrowserSessions(3);

    @Test
    void invalidatesTheOldestBeyondTheLimit() {
        List<MockHttpSession> open = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            open.add(signIn());
        }
        assertThat(open).map(MockHttpSession::isInvalid).containsExactly(true, true, false, false, false);
    }

    @Test
    void toleratesASessionThatIsAlreadyInvalid() {
        signIn().invalidate();
        for (int i = 0; i < 3; i++) {
            assertThat(signIn().isInvalid()).isFalse();
        }
    }

    @Test
    void doesNotCountInvalidSessions() {
        MockHttpSession first = signIn();
        for (int i = 0; i < 10; i++) {
            signIn().invalidate();
        }
        assertThat(first.isInvalid()).isFalse();
    }

    private MockHttpSession signIn() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        sessions.onAuthentication(Role.ADMIN.authentication("admin"), request, new MockHttpServletResponse());
        return (MockHttpSession) Objects.requireNonNull(request.getSession(false));
    }
}
