package dev.canyon.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reports the position of a YAML syntax error at startup without a stack trace. Omits the line, which may contain a key. */
final class UnreadableYamlAnalyzer extends AbstractFailureAnalyzer<MarkedYAMLException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MarkedYAMLException cause) {
        return new FailureAnalysis(
                "The configuration file is not valid YAML: " + cause.getProblem() + where(cause.getProblemMark()) + ".",
                "Correct application.yml; check its indentation (spaces, not tabs) and quotes. It is read from the working"
                        + " directory and its subdirectory config; in Kubernetes it is part of the ConfigMap.",
                cause);
    }

    private static String where(@Nullable Mark mark) {
        return mark == null ? "" : " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
    }
}
