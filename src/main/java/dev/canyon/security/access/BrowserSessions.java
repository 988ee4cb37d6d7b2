package dev.canyon.security.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Creates a new session at each sign-in, which prevents session fixation, and invalidates the oldest session when there are too
 * many. Thread-safe.
 */
public final class BrowserSessions implements SessionAuthenticationStrategy {

    private final int limit;
    private final Deque<HttpSession> oldestFirst = new ArrayDeque<>();

    /** @param limit 1 or more: the number of sessions */
    public BrowserSessions(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void onAuthentication(
            Authentication caller, HttpServletRequest request, HttpServletResponse response) {
        HttpSession previous = request.getSession(false);
        if (previous != null) {
            end(previous);
        }
        oldestFirst.removeIf(BrowserSessions::isInvalid);
        oldestFirst.addLast(request.getSession(true));
        if (oldestFirst.size() > limit) {
            end(oldestFirst.removeFirst());
        }
    }

    private static boolean isInvalid(HttpSession session) {
        try {
            session.getCreationTime();
            return false;
        } catch (IllegalStateException invalid) {
            return true;
        }
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException alreadyInvalid) {
            // It has timed out, or the user has signed out.
        }
    }
}
