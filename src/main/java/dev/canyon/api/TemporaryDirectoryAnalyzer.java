package dev.canyon.api;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.WebServerException;

/** The HTTP server needs a directory for its temporary files; in a container with a read-only root there may be none. */
final class TemporaryDirectoryAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
        if (!String.valueOf(cause.getMessage()).contains("tempDir")) {
            return null;
        }
        String directory = System.getProperty("java.io.tmpdir");
        return new FailureAnalysis(
                "The directory for temporary files, " + directory + ", cannot be written: " + rootMessage(cause) + ".",
                "Make it writable and see that its disk is not full. In a container with a read-only root give it a file"
                        + " system of its own: docker run --tmpfs " + directory + ", an emptyDir in Kubernetes.",
                cause);
    }

    private static String rootMessage(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : String.valueOf(cause.getMessage());
    }
}
