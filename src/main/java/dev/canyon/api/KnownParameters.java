package dev.canyon.api;

import dev.canyon.api.json.Faults;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** Refuses a query parameter that the call does not know, or one given twice that can have one value only. */
final class KnownParameters implements HandlerInterceptor {

    private final Map<HandlerMethod, Map<String, Boolean>> repeatableByName = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && handler instanceof HandlerMethod method) {
            check(query, repeatableByName.computeIfAbsent(method, KnownParameters::parametersOf));
        }
        return true;
    }

    private static void check(String query, Map<String, Boolean> known) {
        Faults faults = new Faults();
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams().forEach((name, values) -> {
            Boolean repeatable = known.get(name);
            if (repeatable == null) {
                faults.add(
                        name,
                        known.isEmpty()
                                ? "is unknown: this call has no query parameters"
                                : "is unknown here; known: " + String.join(", ", known.keySet()));
            } else if (!repeatable && values.size() > 1) {
                faults.add(name, "is given " + values.size() + " times, but has one value");
            }
        });
        faults.throwIfAny();
    }

    private static Map<String, Boolean> parametersOf(HandlerMethod method) {
        Map<String, Boolean> parameters = new LinkedHashMap<>();
        List<MethodParameter> all = Arrays.asList(method.getMethodParameters());
        for (MethodParameter parameter : all) {
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                parameters.put(
                        String.valueOf(parameter.getParameter().getName()),
                        Collection.class.isAssignableFrom(parameter.getParameterType()));
            }
        }
        return parameters;
    }
}
