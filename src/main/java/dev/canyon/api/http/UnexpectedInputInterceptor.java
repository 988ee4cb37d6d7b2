package dev.canyon.api.http;

import dev.canyon.api.json.Faults;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Rejects query parameters and bodies on operations that take none; Spring would ignore them. An empty JSON object is accepted: some
 * clients, such as Ansible, send one with every POST.
 */
public final class UnexpectedInputInterceptor implements HandlerInterceptor {

    /** Enough for an empty object with some white space. */
    private static final int MAX_EMPTY_BYTES = 64;

    private static final Pattern EMPTY = Pattern.compile("\\s*(\\{\\s*})?\\s*");

    private final Map<HandlerMethod, Input> inputs = new ConcurrentHashMap<>();

    /** What an operation takes. */
    private record Input(boolean parameters, boolean body, boolean stream) {

        static Input of(HandlerMethod method) {
            MethodParameter[] parameters = method.getMethodParameters();
            return new Input(
                    Arrays.stream(parameters).anyMatch(each -> each.hasParameterAnnotation(RequestParam.class)),
                    Arrays.stream(parameters).anyMatch(each -> each.hasParameterAnnotation(RequestBody.class)),
                    isStream(method));
        }

        private static boolean isStream(HandlerMethod method) {
            RequestMapping mapping = method.getMethodAnnotation(RequestMapping.class);
            return mapping != null && List.of(mapping.produces()).contains(MediaType.TEXT_EVENT_STREAM_VALUE);
        }

        String withoutParameters() {
            return stream
                    ? "is unknown: the event stream has no query parameters; ask for application/json in Accept to use them"
                    : "is unknown: this operation has no query parameters";
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (handler instanceof HandlerMethod method) {
            check(request, inputs.computeIfAbsent(method, Input::of));
        }
        return true;
    }

    private static void check(HttpServletRequest request, Input input) throws IOException {
        Faults faults = new Faults();
        if (!input.parameters() && request.getQueryString() != null) {
            UriComponentsBuilder.newInstance()
                    .query(request.getQueryString())
                    .build()
                    .getQueryParams()
                    .keySet()
                    .forEach(name -> faults.add(name, input.withoutParameters()));
        }
        if (!input.body() && hasContent(request)) {
            faults.add("body", "is not expected: this operation takes no body, or an empty object");
        }
        faults.throwIfAny();
    }

    private static boolean hasContent(HttpServletRequest request) throws IOException {
        boolean hasBody =
                request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if (!hasBody) {
            return false;
        }
        byte[] first = request.getInputStream().readNBytes(MAX_EMPTY_BYTES);
        return first.length == MAX_EMPTY_BYTES
                || !EMPTY.matcher(new String(first, StandardCharsets.UTF_8)).matches();
    }
}
