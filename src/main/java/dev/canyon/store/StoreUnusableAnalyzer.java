package dev.canyon.store;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells at start why definitions cannot be kept, instead of a stack trace. */
final class StoreUnusableAnalyzer extends AbstractFailureAnalyzer<StoreUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreUnusableException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
    }
}
