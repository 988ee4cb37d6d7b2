package dev.canyon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jazzer passes a fuzz test that has no seeds: it would run on nothing and could not fail. */
class FuzzSeedsTest {

    private static final String SUFFIX = "FuzzTest.class";

    @Test
    void everyFuzzTestHasSeeds() throws Exception {
        List<Class<?>> classes = fuzzTests();
        assertThat(classes).isNotEmpty();
        for (Class<?> type : classes) {
            List<Method> methods = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .toList();
            assertThat(methods).as("a JVM fuzzes one method: " + type).hasSize(1);
            String folder = type.getSimpleName() + "Inputs/" + methods.get(0).getName();
            URL seeds = type.getResource(folder);
            assertThat(seeds).as("src/test/resources/.../" + folder).isNotNull();
            try (Stream<Path> files = Files.list(Path.of(seeds.toURI()))) {
                long count = files.filter(Files::isRegularFile).count();
                assertThat(count).as("seeds of " + type).isGreaterThanOrEqualTo(5);
                System.out.println(type.getSimpleName() + ": " + count + " seeds");
            }
        }
    }

    private static List<Class<?>> fuzzTests() throws Exception {
        Path root = Path.of(Objects.requireNonNull(FuzzSeedsTest.class.getResource("/dev/canyon/FuzzSeedsTest.class"))
                        .toURI())
                .resolve("../../..")
                .normalize();
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(root::relativize)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(SUFFIX))
                    .<Class<?>>map(FuzzSeedsTest::load)
                    .toList();
        }
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName(
                    file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
