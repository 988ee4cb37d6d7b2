package dev.canyon.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {

    static Stream<Arguments> expected() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), "No space left on device"),
                Arguments.of(new IOException(), "no reason is known"),
                Arguments.of(new IOException(new UnknownHostException("nowhere")), "nowhere"),
                Arguments.of(new UncheckedIOException(new IOException("Broken pipe")), "Broken pipe"),
                Arguments.of(new CompletionException(new IOException("Broken pipe")), "Broken pipe"),
                Arguments.of(new NoSuchFileException("a.csv"), "a.csv: no such file or directory"),
                Arguments.of(new AccessDeniedException("a.csv"), "a.csv: permission denied"),
                Arguments.of(
                        new FileSystemException("a.csv", null, "Read-only file system"),
                        "a.csv: Read-only file system"),
                Arguments.of(new FileSystemException("a.csv"), "a.csv: the file system rejected it"),
                Arguments.of(
                        new BindFailedException(BindFailure.OTHER, "127.0.0.1:7 is taken", null),
                        "127.0.0.1:7 is taken"),
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        "not enough memory (increase the heap, for example with -Xmx1g)"));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void explainsWithoutTheNameOfTheClass(Throwable failure, String explanation) {
        assertThat(Explanation.of(failure)).isEqualTo(explanation);
    }

    @Test
    void anUnexpectedFailureSaysWhereItHappened() {
        assertThat(Explanation.of(new IllegalStateException("odd")))
                .matches("internal error at ExplanationTest\\.java:\\d+: odd");
        assertThat(Explanation.of(new RuntimeException(new NullPointerException())))
                .matches("internal error at ExplanationTest\\.java:\\d+: no reason is known");
        assertThat(Explanation.of(new StackOverflowError()))
                .startsWith("internal error")
                .doesNotContain("StackOverflow");
    }

    @Test
    void theReasonOfAFileOmitsItsName() {
        assertThat(Explanation.reason(new AccessDeniedException("a.csv"))).isEqualTo("permission denied");
        assertThat(Explanation.reason(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
    }
}
