package dev.canyon.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Tells at start where a file of settings is no YAML, instead of a stack trace. The line is not repeated: it may have a key. */
final class UnreadableYamlAnalyzer extends AbstractFailureAnalyzer<MarkedYAMLException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MarkedYAMLException cause) {
        return new FailureAnalysis(
                "The file of settings cannot be read as YAML: " + cause.getProblem() + where(cause.getProblemMark())
                        + ".",
                "Correct application.yml: see to its indentation (by blanks, not by tabs) and to quotes. It is looked for in"
                        + " the working directory and in config there, in Kubernetes it is in the ConfigMap.",
                cause);
    }

    private static String where(@Nullable Mark mark) {
        return mark == null ? "" : " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
    }
}
