package dev.canyon.api;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a call end its connection at once. The servlet API can only end an answer properly, and Tomcat then waits, with one of
 * its threads, until a client that does not read has taken the rest.
 */
final class HangUp extends ValveBase {

    private static final String ATTRIBUTE = HangUp.class.getName();

    HangUp() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Runnable hangUp = () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        request.setAttribute(ATTRIBUTE, hangUp);
        getNext().invoke(request, response);
    }

    /**
     * Ends the connection of a call. Only to be used while the call is not over: Tomcat uses its parts again for the next one.
     * From any thread.
     */
    static Runnable of(ServletRequest request) {
        return (Runnable) request.getAttribute(ATTRIBUTE);
    }
}
