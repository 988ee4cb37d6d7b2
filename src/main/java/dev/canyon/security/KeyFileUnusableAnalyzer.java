package dev.canyon.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells at start what is wrong with the key file, instead of a stack trace. */
final class KeyFileUnusableAnalyzer extends AbstractFailureAnalyzer<KeyFileUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KeyFileUnusableException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
    }
}
