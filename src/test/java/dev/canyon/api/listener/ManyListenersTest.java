package dev.canyon.api.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.support.GenericApplicationContext;

@Isolated("counts the descriptors and threads of the whole process")
class ManyListenersTest extends ApiTest {

    private static final int COUNT = 1_000;

    @Autowired
    GenericApplicationContext context;

    /** What a listener could leave behind. */
    private record Footprint(long descriptors, int threads, int beans, int managedBeans) {}

    @Test
    void aThousandListenersLeaveNothingBehind() throws Exception {
        cycle(0);
        Footprint before = footprint();
        for (int i = 0; i < COUNT; i++) {
            String protocol = i % 2 == 0 ? "tcp" : "udp";
            assertThat(create("{\"name\":\"m" + i + "\",\"protocol\":\"" + protocol + "\",\"port\":0}")
                            .status())
                    .isEqualTo(201);
        }
        Footprint with = footprint();
        assertThat(with.beans() - before.beans()).isEqualTo(COUNT);
        assertThat(with.managedBeans() - before.managedBeans()).isEqualTo(COUNT);
        assertThat(with.threads() - before.threads()).isLessThanOrEqualTo(8);
        for (int i = 0; i < COUNT; i++) {
            assertThat(post("/api/v1/listeners/m" + i + "/stop").status()).isEqualTo(200);
            assertThat(post("/api/v1/listeners/m" + i + "/start").status()).isEqualTo(200);
            assertThat(delete("/api/v1/listeners/m" + i).status()).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Footprint after = footprint();
            assertThat(after.beans()).isEqualTo(before.beans());
            assertThat(after.managedBeans()).isEqualTo(before.managedBeans());
            // Not a lower bound as well: clients and contexts of earlier tests may close theirs in the meantime.
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 5);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 8);
        });
    }

    private void cycle(int index) throws Exception {
        create("{\"name\":\"m" + index + "\",\"protocol\":\"tcp\",\"port\":0}");
        delete("/api/v1/listeners/m" + index);
    }

    private Footprint footprint() throws Exception {
        return new Footprint(
                descriptors(),
                Thread.activeCount(),
                context.getBeanDefinitionCount(),
                ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("dev.canyon:type=Listener,*"), null)
                        .size());
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
