package dev.canyon.security.key;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an unusable key file at startup without a stack trace. */
final class KeyFileUnusableAnalyzer extends AbstractFailureAnalyzer<KeyFileUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KeyFileUnusableException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
    }
}
