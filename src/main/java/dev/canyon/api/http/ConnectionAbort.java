package dev.canyon.api.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Closes the connection of a request immediately. The servlet API can only complete a response, and Tomcat then blocks a thread
 * until a client that does not read has received the rest.
 */
public final class ConnectionAbort extends ValveBase {

    private static final String ATTRIBUTE = ConnectionAbort.class.getName();

    public ConnectionAbort() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Runnable abort = () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        request.setAttribute(ATTRIBUTE, abort);
        getNext().invoke(request, response);
    }

    /**
     * The action that closes the connection of this request; may run on any thread. Must not run after the request is completed,
     * because Tomcat reuses its objects for the next one.
     */
    public static Runnable of(ServletRequest request) {
        return (Runnable) request.getAttribute(ATTRIBUTE);
    }
}
