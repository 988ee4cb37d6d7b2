package dev.canyon.definition;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.fault.AcceptEffect;
import dev.canyon.engine.fault.AcceptEffect.Accepting;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.HandshakeEffect;
import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.net.Protocol;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether a fault fits the endpoint that it is to be applied to. */
public final class DefinedFaults {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "ip6-localhost", "ip6-loopback");

    private DefinedFaults() {}

    /**
     * Reports what does not fit.
     *
     * @param prefix the path of the fault, empty or with a dot at its end
     */
    public static void check(Fault fault, EndpointSpec endpoint, String prefix, FaultReport faults) {
        check(fault, FaultSite.of(endpoint), prefix, faults);
    }

    static void check(Fault fault, FaultSite site, String prefix, FaultReport faults) {
        FaultTree.check(fault, site.protocol(), prefix, faults);
        if (fault.effect() instanceof AcceptEffect effect
                && effect.accepting() == Accepting.REFUSED
                && site.address().port() == 0) {
            faults.add(
                    prefix + "type",
                    "refuse needs a fixed port, because the system takes back a port that it chose; set 'port'");
        }
        if (site.protocol() == Protocol.TCP && fault.effect() instanceof HandshakeEffect && !site.isEncrypted()) {
            faults.add(prefix + "type", "is for listeners with TLS; set 'tls', or choose another type");
        }
        if (site.protocol() == Protocol.TCP && fault.effect().needsFraming() && !site.isFramed()) {
            faults.add(prefix + "type", "is for messages, which a TCP stream has with framing; set 'framing'");
        }
        if (site.protocol() == Protocol.UDP && fault.effect().amplifies() && !mayAmplify(site)) {
            faults.add(
                    prefix + "type",
                    "sends more than was received, which a forged source address could misuse; bind a loopback address or set"
                            + " 'allowedSources'");
        }
    }

    /** Whether {@link #check} reports nothing. */
    public static boolean fits(Fault fault, EndpointSpec endpoint) {
        List<String> reported = new ArrayList<>();
        check(fault, endpoint, "", (field, message) -> reported.add(message));
        return reported.isEmpty();
    }

    private static boolean mayAmplify(FaultSite site) {
        return site.hasAllowedSources() || isLoopback(site.address().host());
    }

    /** Does not look up names in DNS. */
    private static boolean isLoopback(String host) {
        if (LOOPBACK_NAMES.contains(host)) {
            return true;
        }
        boolean numeric = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
        try {
            return numeric && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException ex) {
            return false;
        }
    }
}
