package dev.canyon.api;

import dev.canyon.api.json.Faults;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** Refuses query parameters and bodies on calls that take none; Spring would pass over them. */
final class NothingIgnored implements HandlerInterceptor {

    private final Map<HandlerMethod, Input> inputs = new ConcurrentHashMap<>();

    /** What a call takes. */
    private record Input(boolean parameters, boolean body) {

        static Input of(HandlerMethod method) {
            MethodParameter[] parameters = method.getMethodParameters();
            return new Input(
                    Arrays.stream(parameters).anyMatch(each -> each.hasParameterAnnotation(RequestParam.class)),
                    Arrays.stream(parameters).anyMatch(each -> each.hasParameterAnnotation(RequestBody.class)));
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            check(request, inputs.computeIfAbsent(method, Input::of));
        }
        return true;
    }

    private static void check(HttpServletRequest request, Input input) {
        Faults faults = new Faults();
        if (!input.parameters() && request.getQueryString() != null) {
            UriComponentsBuilder.newInstance()
                    .query(request.getQueryString())
                    .build()
                    .getQueryParams()
                    .keySet()
                    .forEach(name -> faults.add(name, "is unknown: this call has no query parameters"));
        }
        boolean hasBody =
                request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if (!input.body() && hasBody) {
            faults.add("body", "is not expected: this call takes none");
        }
        faults.throwIfAny();
    }
}
