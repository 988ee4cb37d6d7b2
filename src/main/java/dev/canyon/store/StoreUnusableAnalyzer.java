package dev.canyon.store;

import dev.canyon.store.database.StoreUnusableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an unusable store at startup without a stack trace. */
final class StoreUnusableAnalyzer extends AbstractFailureAnalyzer<StoreUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreUnusableException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
    }
}
