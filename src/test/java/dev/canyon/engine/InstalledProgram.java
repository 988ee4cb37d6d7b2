package dev.canyon.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs that tests need; without them the tests are skipped, and the reason is printed. */
final class InstalledProgram {

    private InstalledProgram() {}

    /** @return its path, also in the directories of system administration */
    static String require(String name, String debianPackage) {
        String path = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(":"),
                        new String[] {"/usr/sbin", "/usr/local/sbin"})
                .flatMap(Stream::of)
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        skipUnless(!path.isEmpty(), name + " is missing (Debian: apt-get install " + debianPackage + ")");
        return path;
    }

    static void skipUnless(boolean condition, String reason) {
        if (!condition) {
            System.out.println("Skipped: " + reason);
        }
        assumeTrue(condition, reason);
    }
}
