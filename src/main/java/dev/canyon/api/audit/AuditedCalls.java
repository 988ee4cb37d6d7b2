package dev.canyon.api.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The operations recorded in the audit trail, and their actions: all that change something, send something or return captured
 * data. A test fails if one is missing here.
 */
final class AuditedCalls {

    private static final List<AuditedCalls.Rule> RULES = List.of(
            rule("POST", "/listeners", "listener.create"),
            rule("PUT", "/listeners/{name}", "listener.put"),
            rule("PATCH", "/listeners/{name}", "listener.change"),
            rule("DELETE", "/listeners/{name}", "listener.delete"),
            rule("POST", "/listeners/{name}/start", "listener.start"),
            rule("POST", "/listeners/{name}/stop", "listener.stop"),
            rule("POST", "/listeners/{name}/restart", "listener.restart"),
            rule("POST", "/listeners/{name}/reset-counters", "listener.reset-counters"),
            rule("DELETE", "/listeners/{name}/connections/{id}", "connection.close"),
            rule("POST", "/listeners/{name}/faults", "fault.add"),
            rule("PUT", "/listeners/{name}/faults/{id}", "fault.replace"),
            rule("DELETE", "/listeners/{name}/faults/{id}", "fault.remove"),
            rule("DELETE", "/listeners/{name}/faults", "fault.remove-temporary"),
            rule("DELETE", "/faults", "fault.remove-all"),
            rule("PUT", "/listeners/{name}/capture", "capture.put"),
            rule("DELETE", "/listeners/{name}/capture", "capture.delete"),
            rule("GET", "/listeners/{name}/capture/messages", "capture.read"),
            rule("GET", "/listeners/{name}/capture.pcapng", "capture.read"),
            rule("POST", "/listeners/{name}/messages", "message.send"),
            rule("POST", "/messages", "message.send"),
            rule("POST", "/runs", "run.start"),
            rule("POST", "/runs/{id}/cancel", "run.cancel"),
            rule("DELETE", "/runs/{id}", "run.delete"),
            rule("POST", "/configuration/apply", "configuration.apply"));

    private record Rule(String method, PathPattern path, String action) {}

    /**
     * A recorded operation.
     *
     * @param target the object named in the path; empty if there is none
     */
    record Match(String action, Optional<String> target) {}

    private AuditedCalls() {}

    private static Rule rule(String method, String path, String action) {
        return new Rule(method, PathPatternParser.defaultInstance.parse("/api/v1" + path), action);
    }

    /** Empty if the request is not recorded. Paths are matched as for controllers. */
    static Optional<Match> find(HttpServletRequest request) {
        String method = request.getMethod();
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return RULES.stream()
                .filter(rule -> rule.method.equals(method) && rule.path.matches(path))
                .map(rule -> new Match(rule.action, target(rule.path, path)))
                .findFirst();
    }

    private static Optional<String> target(PathPattern pattern, PathContainer path) {
        PathPattern.PathMatchInfo match = pattern.matchAndExtract(path);
        return match == null || match.getUriVariables().isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("/", match.getUriVariables().values()));
    }
}
