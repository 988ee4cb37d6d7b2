package dev.canyon.probe.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Loopback;
import dev.canyon.probe.target.TargetDecision.Permitted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is asked for, what is permitted has been named.
 *
 * <p>An input is a host, its addresses as the name service has them, and the allowed entries: one of each a line, the
 * addresses and the entries separated by spaces. What is no address or no entry is left out.
 */
class AllowedTargetsFuzzTest {

    private static final int PORT = 80;

    /** Who may be reached only if an entry names it, after RFC 6890 and what clouds document; IPv4 as it is mapped. */
    private static final List<WrittenRange> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "169.254.169.254",
                    "169.254.170.2",
                    "169.254.170.23",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192",
                    "224.0.0.0/4",
                    "255.255.255.255",
                    "::",
                    "::1",
                    "fe80::/10",
                    "fd00:ec2::254",
                    "fd00:ec2::23",
                    "fd20:ce::254",
                    "64:ff9b:1::/48",
                    "ff00::/8")
            .map(WrittenRange::of)
            .map(Objects::requireNonNull)
            .toList();

    private static final class Names implements HostEnvironment {

        private final List<InetAddress> known;
        private int asked;

        Names(List<InetAddress> known) {
            this.known = known;
        }

        @Override
        public List<InetAddress> addresses(String name) throws UnknownHostException {
            asked++;
            if (known.isEmpty()) {
                throw new UnknownHostException(name);
            }
            return known;
        }

        @Override
        public boolean isBroadcast(InetAddress address) {
            byte[] bytes = address.getAddress();
            return bytes.length == 4 && bytes[0] == 10 && bytes[3] == (byte) 255;
        }
    }

    @FuzzTest
    void decide(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 3);
        if (lines.length < 3 || !isHost(lines[0])) {
            return;
        }
        String host = lines[0];
        List<InetAddress> addresses = words(lines[1])
                .map(AllowedTargetsFuzzTest::address)
                .filter(Objects::nonNull)
                .toList();
        List<String> texts =
                words(lines[2]).filter(AllowedTargetsFuzzTest::isEntry).toList();
        Names names = new Names(addresses);
        TargetDecision decision =
                new AllowedTargets(texts.stream().map(TargetEntry::parse).toList(), names).decide(host, PORT);

        byte[] literal = WrittenRange.address(host);
        assertThat(names.asked)
                .as("questions for the name service")
                .isLessThanOrEqualTo(texts.isEmpty() || (literal != null && host.indexOf('%') < 0) ? 0 : 1);
        if (decision instanceof Permitted permitted) {
            InetAddress address = permitted.address().getAddress();
            assertThat(permitted.address().getPort()).isEqualTo(PORT);
            if (names.asked == 0) {
                byte[] asked = Objects.requireNonNull(literal, "what is permitted without a question is an address");
                assertNamed(host, address, asked, texts);
            } else {
                assertThat(addresses.stream().map(AllowedTargetsFuzzTest::dialled))
                        .contains(address);
                addresses.forEach(each -> assertNamed(host, dialled(each), each.getAddress(), texts));
            }
        }
    }

    private static void assertNamed(String host, InetAddress dialled, byte[] asked, List<String> texts) {
        assertThat(dialled).isEqualTo(dialled(Objects.requireNonNull(byAddress(asked))));
        for (byte[] face : faces(asked)) {
            List<WrittenRange> special =
                    SPECIAL.stream().filter(range -> range.includes(face)).toList();
            assertThat(texts).as(host + " reaches " + Arrays.toString(face)).anyMatch(entry -> {
                WrittenRange range = WrittenRange.of(entry);
                return range == null
                        ? entry.toLowerCase(Locale.ROOT).replaceFirst(":.*", "").equals(host.toLowerCase(Locale.ROOT))
                                && (special.isEmpty() || host.equalsIgnoreCase("localhost"))
                        : range.includes(face) && special.stream().allMatch(range::isWithin);
            });
        }
    }

    /** The address, and the IPv4 addresses that its bytes carry for routers and translators on the way. */
    private static List<byte[]> faces(byte[] address) {
        List<byte[]> faces = new ArrayList<>(List.of(address));
        if (address.length == 16) {
            if (address[0] == 0x20 && address[1] == 0x02) {
                faces.add(Arrays.copyOfRange(address, 2, 6));
            }
            if (address[0] == 0x20 && address[1] == 0x01 && address[2] == 0 && address[3] == 0) {
                faces.add(Arrays.copyOfRange(address, 4, 8));
                byte[] client = Arrays.copyOfRange(address, 12, 16);
                for (int i = 0; i < client.length; i++) {
                    client[i] ^= (byte) 0xff;
                }
                faces.add(client);
            }
            if (address[0] == 0
                    && address[1] == 0x64
                    && address[2] == (byte) 0xff
                    && address[3] == (byte) 0x9b
                    && zero(address, 4, 12)) {
                faces.add(Arrays.copyOfRange(address, 12, 16));
            }
            if (zero(address, 0, 12) && !zero(address, 0, 15)) {
                faces.add(Arrays.copyOfRange(address, 12, 16));
            }
        }
        return faces;
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress dialled(InetAddress address) {
        return Loopback.inPlaceOfWildcard(address);
    }

    /** As the API lets it through. */
    private static boolean isHost(String text) {
        return text.length() <= ListenAddress.MAX_HOST_LENGTH && text.matches(ListenAddress.HOST_PATTERN);
    }

    private static Stream<String> words(String line) {
        return Arrays.stream(line.split("[ \n]")).filter(word -> !word.isEmpty());
    }

    private static boolean isEntry(String text) {
        try {
            return TargetEntry.parse(text).ports().contains(PORT);
        } catch (IllegalArgumentException ex) {
            return false;
        }
    }

    private static @Nullable InetAddress address(String text) {
        byte[] bytes = WrittenRange.address(text);
        return bytes == null ? null : byAddress(bytes);
    }

    private static @Nullable InetAddress byAddress(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
