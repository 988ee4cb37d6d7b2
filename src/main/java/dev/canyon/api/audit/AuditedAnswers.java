package dev.canyon.api.audit;

import dev.canyon.api.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Puts a call on record before its answer is written: nobody has an answer to what is not on record. */
@ControllerAdvice
class AuditedAnswers implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter answer, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter answer,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (request instanceof ServletServerHttpRequest asked && response instanceof ServletServerHttpResponse given) {
            AuditedCall.of(asked.getServletRequest())
                    .ifPresent(call -> call.end(
                            given.getServletResponse().getStatus(),
                            body instanceof Problem problem ? problem.code() : null));
        }
        return body;
    }
}
