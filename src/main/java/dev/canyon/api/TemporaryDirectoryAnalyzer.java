package dev.canyon.api;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.WebServerException;

/** Explains that the HTTP server needs a writable temporary directory, which a container with a read-only root may lack. */
final class TemporaryDirectoryAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
        if (!String.valueOf(cause.getMessage()).contains("tempDir")) {
            return null;
        }
        String directory = System.getProperty("java.io.tmpdir");
        return new FailureAnalysis(
                "The temporary directory " + directory + " is not writable: " + rootMessage(cause) + ".",
                "Make it writable and check that its file system is not full. In a container with a read-only root, mount a"
                        + " file system there: docker run --tmpfs " + directory + ", or an emptyDir in Kubernetes.",
                cause);
    }

    private static String rootMessage(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : String.valueOf(cause.getMessage());
    }
}
