package dev.canyon.cli.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** Explains a failure to users, who do not know the names of exception classes. */
public final class Explanation {

    private static final String OWN_PACKAGES = "dev.canyon.";

    /** A wrapped exception leaves the name of its class in the message of the wrapper. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("(?:\\w+[./$])*[A-Z]\\w*(?:Exception|Error|Throwable)\\b(?:: )?");

    private Explanation() {}

    /** The reason of any failure, as part of a line. */
    public static String of(Throwable failure) {
        if (isWrapper(failure) && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof OutOfMemoryError) {
            return "not enough memory (increase the heap, for example with -Xmx1g)";
        }
        if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        return failure instanceof IOException || isOwn(failure) ? message(failure) : internal(failure);
    }

    /** The reason why a file could not be read or written, without its name. */
    public static String reason(IOException failure) {
        if (!(failure instanceof FileSystemException file)) {
            return message(failure);
        }
        if (file instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (file instanceof AccessDeniedException) {
            return "permission denied";
        }
        return file.getReason() == null ? "the file system rejected it" : file.getReason();
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof UncheckedIOException
                || failure instanceof CompletionException
                || failure instanceof ExecutionException;
    }

    private static boolean isOwn(Throwable failure) {
        return failure.getClass().getName().startsWith(OWN_PACKAGES);
    }

    /** Nobody expected it, so it says where it happened. */
    private static String internal(Throwable failure) {
        String where = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OWN_PACKAGES))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
        return "internal error" + where + ": " + message(failure);
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage() == null
                ? ""
                : CLASS_NAME.matcher(failure.getMessage()).replaceAll("").strip();
        if (!message.isEmpty()) {
            return message;
        }
        return failure.getCause() == null ? "no reason is known" : message(failure.getCause());
    }
}
