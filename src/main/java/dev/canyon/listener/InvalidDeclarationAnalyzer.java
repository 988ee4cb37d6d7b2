package dev.canyon.listener;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells at start what is wrong with the declared listeners, instead of a stack trace. */
final class InvalidDeclarationAnalyzer extends AbstractFailureAnalyzer<InvalidDeclarationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidDeclarationException cause) {
        String faults = cause.faults().stream().map(fault -> "    " + fault).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "Listeners are declared wrongly:\n\n" + faults,
                "Correct these properties. Names are those of the REST API, in kebab-case.",
                cause);
    }
}
