package dev.canyon.probe.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.canyon.net.IpText;
import dev.canyon.probe.target.TargetDecision.Permitted;
import dev.canyon.probe.target.TargetDecision.Refused;
import dev.canyon.probe.target.TargetDecision.Unknown;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedTargetsTest {

    /** A name service that knows few names, and notes which were asked for. */
    private static final class Names implements HostEnvironment {

        private static final Map<String, List<String>> KNOWN = Map.of(
                "db.example", List.of("10.1.2.3"),
                "two.example", List.of("10.1.2.3", "192.0.2.7"),
                "rebound.example", List.of("127.0.0.1"),
                "cloud.example", List.of("169.254.169.254"),
                "nat.example", List.of("64:ff9b::7f00:1"),
                "localhost", List.of("127.0.0.1", "::1"),
                "fe80::1%1", List.of("fe80::1"),
                // What the system's own reading of odd spellings gives.
                "0x7f.1", List.of("127.0.0.1"),
                "127.1", List.of("127.0.0.1"));

        private final List<String> asked = new ArrayList<>();

        @Override
        public List<InetAddress> addresses(String name) throws UnknownHostException {
            asked.add(name);
            List<String> known = KNOWN.get(name.toLowerCase(Locale.ROOT));
            if (known == null) {
                throw new UnknownHostException(name);
            }
            return known.stream()
                    .map(address -> IpText.parse(address).orElseThrow())
                    .toList();
        }

        @Override
        public boolean isBroadcast(InetAddress address) {
            return IpText.of(address).equals("10.255.255.255");
        }
    }

    private final Names names = new Names();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # allowed               | host                          | port  | decision
            ''                      | 192.0.2.7                     | 7007  | refused
            192.0.2.7               | 192.0.2.7                     | 7007  | 192.0.2.7
            192.0.2.7               | 192.0.2.8                     | 7007  | refused
            192.0.2.7:7007          | 192.0.2.7                     | 7007  | 192.0.2.7
            192.0.2.7:7007          | 192.0.2.7                     | 7008  | refused
            10.0.0.0/8:7000-7010    | 10.9.8.7                      | 7000  | 10.9.8.7
            10.0.0.0/8:7000-7010    | 10.9.8.7                      | 7010  | 10.9.8.7
            10.0.0.0/8:7000-7010    | 10.9.8.7                      | 7011  | refused
            10.0.0.0/8:7000-7010    | 10.9.8.7                      | 6999  | refused
            10.0.0.0/8:1 11.1.1.1:2 | 10.1.1.1                      | 2     | refused
            fd00::/8                | fd12::1                       | 1     | fd12::1
            fd00::/8                | fe12::1                       | 1     | refused
            [fd00::/8]:7007         | FD12:0::1                     | 7007  | fd12::1
            [fd00::/8]:7007         | fd12::1                       | 7008  | refused
            [fd00::1]               | fd00::1                       | 7008  | fd00::1
            # special addresses are not meant by a range that includes others
            0.0.0.0/0               | 192.0.2.7                     | 80    | 192.0.2.7
            0.0.0.0/0               | 127.0.0.1                     | 80    | refused
            0.0.0.0/0               | 127.9.9.9                     | 80    | refused
            127.0.0.1               | 127.0.0.1                     | 80    | 127.0.0.1
            127.0.0.0/8             | 127.9.9.9                     | 80    | 127.9.9.9
            127.0.0.1               | 127.0.0.2                     | 80    | refused
            0.0.0.0/0               | 0.0.0.0                       | 80    | refused
            0.0.0.0/0               | 0.1.2.3                       | 80    | refused
            0.0.0.0                 | 0.0.0.0                       | 80    | 127.0.0.1
            127.0.0.0/8             | 0.0.0.0                       | 80    | refused
            0.0.0.0/0               | 169.254.1.1                   | 80    | refused
            169.254.0.0/16          | 169.254.1.1                   | 80    | 169.254.1.1
            0.0.0.0/0               | 169.254.169.254               | 80    | refused
            169.254.0.0/16          | 169.254.169.254               | 80    | refused
            169.254.169.254         | 169.254.169.254               | 80    | 169.254.169.254
            169.254.169.254:80      | 169.254.169.254               | 81    | refused
            169.254.0.0/16          | 169.254.170.2                 | 80    | refused
            100.64.0.0/10           | 100.100.100.200               | 80    | refused
            100.64.0.0/10           | 100.100.100.201               | 80    | 100.100.100.201
            0.0.0.0/0               | 224.0.0.1                     | 80    | refused
            224.0.0.0/4             | 239.1.2.3                     | 80    | 239.1.2.3
            0.0.0.0/0               | 255.255.255.255               | 80    | refused
            255.255.255.255         | 255.255.255.255               | 80    | 255.255.255.255
            10.0.0.0/8              | 10.255.255.255                | 80    | refused
            10.255.255.255          | 10.255.255.255                | 80    | 10.255.255.255
            ::/0                    | 2001:db8::1                   | 80    | 2001:db8::1
            ::/0                    | ::1                           | 80    | refused
            ::/0                    | ::                            | 80    | refused
            ::/127                  | ::1                           | 80    | refused
            ::1                     | ::1                           | 80    | ::1
            ::                      | ::                            | 80    | ::1
            ::/0                    | fe80::1                       | 80    | refused
            fe80::/10               | fe80::1                       | 80    | fe80::1
            ::/0                    | ff02::1                       | 80    | refused
            ff02::1                 | ff02::1                       | 80    | ff02::1
            ::/0                    | fd00:ec2::254                 | 80    | refused
            fd00::/8                | fd00:ec2::254                 | 80    | refused
            fd00:ec2::254           | fd00:ec2::254                 | 80    | fd00:ec2::254
            ::/0                    | 64:ff9b:1::7f00:1             | 80    | refused
            # IPv4 inside IPv6
            ::/0                    | ::ffff:127.0.0.1              | 80    | refused
            ::/0                    | ::ffff:192.0.2.7              | 80    | refused
            0.0.0.0/0               | ::ffff:127.0.0.1              | 80    | refused
            0.0.0.0/0               | ::FFFF:7f00:0001              | 80    | refused
            0.0.0.0/0               | 0:0:0:0:0:ffff:a9fe:a9fe      | 80    | refused
            192.0.2.0/24            | ::ffff:192.0.2.7              | 80    | 192.0.2.7
            ::/0                    | ::127.0.0.1                   | 80    | refused
            ::/0 0.0.0.0/0          | ::127.0.0.1                   | 80    | refused
            ::/0 0.0.0.0/0          | ::192.0.2.7                   | 80    | ::c000:207
            ::/0                    | ::192.0.2.7                   | 80    | refused
            ::/0                    | 64:ff9b::192.0.2.7            | 80    | refused
            ::/0 0.0.0.0/0          | 64:ff9b::192.0.2.7            | 80    | 64:ff9b::c000:207
            ::/0 0.0.0.0/0          | 64:ff9b::127.0.0.1            | 80    | refused
            ::/0 0.0.0.0/0          | 64:ff9b::a9fe:a9fe            | 80    | refused
            ::/0 169.254.169.254    | 64:ff9b::a9fe:a9fe            | 80    | 64:ff9b::a9fe:a9fe
            169.254.169.254         | 64:ff9b::a9fe:a9fe            | 80    | refused
            ::/0 0.0.0.0/0          | ::ffff:0:127.0.0.1            | 80    | refused
            ::/0 0.0.0.0/0          | 2002:7f00:1::1                | 80    | refused
            ::/0 10.0.0.0/8         | 2002:a00:1::1                 | 80    | 2002:a00:1::1
            ::/0                    | 2002:a00:1::1                 | 80    | refused
            ::/0 0.0.0.0/0          | 2001:0:c000:207::80ff:fffe    | 80    | refused
            ::/0 0.0.0.0/0          | 2001:0:a9fe:a9fe::3fff:fdf8   | 80    | refused
            ::/0 0.0.0.0/0          | 2001:0:c000:207::3fff:fdf8    | 80    | 2001:0:c000:207::3fff:fdf8
            # names
            db.example              | db.example                    | 80    | 10.1.2.3
            DB.Example:80           | db.example                    | 80    | 10.1.2.3
            db.example:80           | db.example                    | 81    | refused
            db.example              | 10.1.2.3                      | 80    | refused
            db.example              | db.example.                   | 80    | refused
            10.0.0.0/8              | db.example                    | 80    | 10.1.2.3
            10.0.0.0/8              | two.example                   | 80    | refused
            10.0.0.0/8 192.0.2.0/24 | two.example                   | 80    | 10.1.2.3
            two.example             | two.example                   | 80    | 10.1.2.3
            rebound.example         | rebound.example               | 80    | refused
            rebound.example 127.0.0.1 | rebound.example             | 80    | 127.0.0.1
            cloud.example 0.0.0.0/0 | cloud.example                 | 80    | refused
            nat.example ::/0        | nat.example                   | 80    | refused
            localhost               | localhost                     | 80    | 127.0.0.1
            localhost               | LocalHost                     | 80    | 127.0.0.1
            localhost               | localhost.                    | 80    | refused
            db.example              | DB.Example                    | 80    | 10.1.2.3
            fe80::/10               | fe80::1%1                     | 80    | fe80::1
            fd00::/8                | fe80::1%1                     | 80    | refused
            0.0.0.0/0               | 127.0.0.1%1                   | 80    | refused
            127.0.0.0/8             | localhost                     | 80    | refused
            127.0.0.0/8 ::1         | localhost                     | 80    | 127.0.0.1
            gone.example            | gone.example                  | 80    | unknown
            10.0.0.0/8              | gone.example                  | 80    | unknown
            # odd spellings, which the system understands
            0.0.0.0/0               | 0x7f.1                        | 80    | refused
            0.0.0.0/0               | 2130706433                    | 80    | refused
            0.0.0.0/0               | 017700000001                  | 80    | refused
            0.0.0.0/0               | 127.1                         | 80    | refused
            127.0.0.1               | 127.1                         | 80    | refused
            """)
    void decides(String allowed, String host, int port, String decision) {
        TargetDecision decided = targets(allowed).decide(host, port);
        assertThat(word(decided)).as(decided.toString()).isEqualTo(decision);
        if (decided instanceof Permitted permitted) {
            assertThat(permitted.address().getPort()).isEqualTo(port);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                      | secret.example                | 80
            db.example              | other.example                 | 80
            db.example:81           | db.example                    | 80
            10.0.0.0/8:81           | db.example                    | 80
            0.0.0.0/0               | 0x7f.1                        | 80
            0.0.0.0/0               | 127.1                         | 80
            0.0.0.0/0               | 2130706433                    | 80
            0.0.0.0/0               | 127.0.0.1.                    | 80
            0.0.0.0/0               | 127.0.0.1:80                  | 80
            0.0.0.0/0               | .:1                           | 80
            """)
    void aNameThatCannotBePermittedIsNotEvenLookedUp(String allowed, String host, int port) {
        assertThat(targets(allowed).decide(host, port)).isInstanceOf(Refused.class);
        assertThat(names.asked).isEmpty();
    }

    @Test
    void aNameIsLookedUpOnce() {
        assertThat(targets("db.example 10.0.0.0/8").decide("db.example", 80)).isInstanceOf(Permitted.class);
        assertThat(names.asked).containsExactly("db.example");
    }

    @Test
    void anAddressIsNeverLookedUp() {
        targets("0.0.0.0/0 ::/0").decide("127.0.0.1", 80);
        targets("0.0.0.0/0 ::/0").decide("64:ff9b::1", 80);
        assertThat(names.asked).isEmpty();
    }

    /** What a refusal says may not depend on what is there. */
    @Test
    void aRefusalTellsNothingOfWhatANameHas() {
        assertThat(refusal("rebound.example", "10.0.0.0/8").replace("rebound", "two"))
                .isEqualTo(refusal("two.example", "10.0.0.0/8"));
        assertThat(refusal("169.254.169.254", "0.0.0.0/0"))
                .contains("a metadata address requires an entry within 169.254.169.254");
    }

    private String refusal(String host, String allowed) {
        return ((Refused) targets(allowed).decide(host, 80)).detail();
    }

    /** With the system's own names. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "::1%lo", "0:0:0:0:0:0:0:1", "0177.0.0.1", "0", "0x0"})
    void loopbackIsNotPermittedByWhatDoesNotNameIt(String host) {
        assertThat(AllowedTargets.of(List.of("0.0.0.0/0", "::/0")).decide(host, 80))
                .isNotInstanceOf(Permitted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0.1:0",
                "10.0.0.1:65536",
                "10.0.0.1:20-10",
                "10.0.0.1:",
                "10.0.0.1:x",
                "10.0.0.1:1-2-3",
                "127.1",
                "0x7f.1",
                "2130706433",
                "010.0.0.1",
                "[10.0.0.1]:7",
                "[::1",
                "[::1]7",
                "[::1]:",
                "::1]:7",
                "[fd00::]/8:7",
                "fe80::1%eth0",
                "http://db.example",
                "db.example/8",
                "*.example",
                "-a.example",
                "a..example",
                "db.example:80:81",
                "d\u00e9.example"
            })
    void aBadEntryIsRefusedWithWhatWasExpected(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedTargets.of(List.of("10.0.0.0/8", entry)))
                .withMessageStartingWith("'" + entry + "' is not a target: ")
                .withMessageContaining("[fd00::/8]:7000-7010");
    }

    private AllowedTargets targets(String allowed) {
        return new AllowedTargets(
                Arrays.stream(allowed.split(" "))
                        .filter(entry -> !entry.isEmpty())
                        .map(TargetEntry::parse)
                        .toList(),
                names);
    }

    private static String word(TargetDecision decision) {
        if (decision instanceof Permitted permitted) {
            return IpText.of(permitted.address().getAddress());
        }
        return decision instanceof Unknown ? "unknown" : "refused";
    }
}
