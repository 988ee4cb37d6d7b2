package dev.canyon.settings;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports invalid listeners in the configuration at startup, instead of a stack trace. */
final class InvalidDeclarationAnalyzer extends AbstractFailureAnalyzer<InvalidDeclarationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidDeclarationException cause) {
        String faults = cause.faults().stream().map(fault -> "    " + fault).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "The configuration declares invalid listeners:\n\n" + faults,
                "Correct these properties. The fields are those of a definition in the REST API, in kebab-case.",
                cause);
    }
}
