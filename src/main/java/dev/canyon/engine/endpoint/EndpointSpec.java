package dev.canyon.engine.endpoint;

import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address to open and the settings of the endpoint.
 *
 * @param tls null for plain connections; a change applies to new connections
 * @param proxyProtocol null if no connection begins with a PROXY header; a change applies to new connections
 * @param bufferBytes the largest datagram of UDP over IPv4 has 65507 bytes of payload
 */
public record EndpointSpec(
        ListenAddress address,

        @Setting(
                title = "Buffer size",
                text =
                        "Largest single read (TCP; a change applies to new connections) or largest datagram echoed (UDP).",
                unit = Unit.BYTES,
                min = 1,
                max = 65_536,
                defaultsTo = "" + DEFAULT_BUFFER_BYTES)
        int bufferBytes,

        @Setting(
                title = "Allowed sources",
                text = "CIDR ranges that may use the listener; empty allows all sources.",
                max = 256,
                defaultsTo = "")
        List<Cidr> allowedSources,

        ProtocolSettings settings,

        ReplySettings replies,

        @Nullable TlsSettings tls,

        @Nullable ProxyProtocolSettings proxyProtocol) {

    public static final int DEFAULT_BUFFER_BYTES = 65_536;

    private static final SettingsRecord<EndpointSpec> FIELDS = SettingsRecord.of(EndpointSpec.class);

    public EndpointSpec {
        FIELDS.check(address, bufferBytes, allowedSources, settings, replies, tls, proxyProtocol);
        replies.check(settings.protocol(), FaultReport.failFast());
        allowedSources = List.copyOf(allowedSources);
        if (settings.protocol() != Protocol.TCP) {
            requireAbsent("tls", tls);
            requireAbsent("proxyProtocol", proxyProtocol);
        }
    }

    private static void requireAbsent(String field, @Nullable Object value) {
        if (value != null) {
            throw new IllegalArgumentException(field + ": is only for a tcp endpoint; remove it or use protocol tcp");
        }
    }

    /** An endpoint that sends back what it receives, without TLS and PROXY protocol. */
    public EndpointSpec(ListenAddress address, int bufferBytes, List<Cidr> allowedSources, ProtocolSettings settings) {
        this(address, bufferBytes, allowedSources, settings, ReplySettings.ECHO, null, null);
    }

    public Protocol protocol() {
        return settings.protocol();
    }

    /** Whether clients at this address are accepted. */
    public boolean allows(InetAddress source) {
        return allowedSources.isEmpty() || Cidr.anyContains(allowedSources, source);
    }

    /** Whether a change from {@code this} to {@code other} requires another socket; everything else can change on an open port. */
    public boolean needsNewSocketFor(EndpointSpec other) {
        return !address.equals(other.address)
                || protocol() != other.protocol()
                || SettingsRecord.needsNewSocket(this, other)
                || SettingsRecord.needsNewSocket((Record) settings, (Record) other.settings);
    }

    /** The same on another port of the same host. */
    public EndpointSpec onPort(int port) {
        return new EndpointSpec(
                new ListenAddress(address.host(), port),
                bufferBytes,
                allowedSources,
                settings,
                replies,
                tls,
                proxyProtocol);
    }

    /** The same with TLS. */
    public EndpointSpec encryptedBy(TlsSettings settingsOfTls) {
        return new EndpointSpec(address, bufferBytes, allowedSources, settings, replies, settingsOfTls, proxyProtocol);
    }

    /** The same with connections that begin with a PROXY header. */
    public EndpointSpec behindProxies(ProxyProtocolSettings settingsOfProxies) {
        return new EndpointSpec(address, bufferBytes, allowedSources, settings, replies, tls, settingsOfProxies);
    }

    /**
     * Whether a connection from this address begins with a PROXY header.
     *
     * @param source of the connection itself
     */
    public boolean expectsHeaderFrom(InetAddress source) {
        return proxyProtocol != null && proxyProtocol.expectsHeaderFrom(source);
    }

    /** The same with other replies. */
    public EndpointSpec answering(ReplySettings other) {
        return new EndpointSpec(address, bufferBytes, allowedSources, settings, other, tls, proxyProtocol);
    }
}
