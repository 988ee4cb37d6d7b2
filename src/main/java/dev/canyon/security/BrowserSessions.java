package dev.canyon.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Gives everybody who signs in a new session, so that nobody can have put one under their feet before; and ends the oldest when
 * there are too many. From any thread.
 */
final class BrowserSessions implements SessionAuthenticationStrategy {

    private final int most;
    private final Deque<HttpSession> oldestFirst = new ArrayDeque<>();

    BrowserSessions(int most) {
        this.most = most;
    }

    @Override
    public synchronized void onAuthentication(
            Authentication caller, HttpServletRequest request, HttpServletResponse response) {
        HttpSession before = request.getSession(false);
        if (before != null) {
            end(before);
        }
        oldestFirst.removeIf(BrowserSessions::hasEnded);
        oldestFirst.addLast(request.getSession(true));
        if (oldestFirst.size() > most) {
            end(oldestFirst.removeFirst());
        }
    }

    private static boolean hasEnded(HttpSession session) {
        try {
            session.getCreationTime();
            return false;
        } catch (IllegalStateException ended) {
            return true;
        }
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException alreadyEnded) {
            // Its time was over, or somebody signed out.
        }
    }
}
