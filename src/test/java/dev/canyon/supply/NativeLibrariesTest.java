package dev.canyon.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One jar, and so one Dockerfile, serves both kinds of machine. */
class NativeLibrariesTest {

    /** Where ELF has the number of the machine; see elf(5). */
    private static final int MACHINE = 18;

    @ParameterizedTest
    @CsvSource({
        "META-INF/native/libnetty_transport_native_epoll_x86_64.so, 0x3e",
        "META-INF/native/libnetty_transport_native_epoll_aarch_64.so, 0xb7",
        "META-INF/native/libnetty_transport_native_io_uring42_x86_64.so, 0x3e",
        "META-INF/native/libnetty_transport_native_io_uring42_aarch_64.so, 0xb7",
        "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so, 0x3e",
        "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so, 0xb7",
    })
    void areThereForEachMachine(String library, String machine) throws IOException {
        try (InputStream file = ClassLoader.getSystemResourceAsStream(library)) {
            assertThat(file).as(library).isNotNull();
            byte[] header = file.readNBytes(MACHINE + 1);
            assertThat(header).startsWith(0x7f, 'E', 'L', 'F');
            assertThat(header[MACHINE] & 0xff).isEqualTo(Integer.decode(machine));
        }
    }
}
