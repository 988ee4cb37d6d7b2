package dev.canyon.engine.endpoint;

import dev.canyon.engine.kernel.AcceptFailures;
import dev.canyon.engine.kernel.AddressWatch;
import dev.canyon.engine.kernel.DescriptorBudget;
import dev.canyon.engine.kernel.OpenUdpPorts;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.traffic.ByteBudget;
import dev.canyon.engine.traffic.EchoLatency;
import io.netty.channel.EventLoopGroup;

/** The objects that all endpoints of a transport share. */
public record TransportParts(
        TransportKind kind,
        EventLoopGroup loops,
        AddressWatch addresses,
        OpenUdpPorts ownPorts,
        DescriptorBudget descriptors,
        AcceptFailures acceptFailures,
        ByteBudget byteBudget,
        EchoLatency tcpLatency,
        EchoLatency udpLatency,
        TlsContexts tls) {

    /** Without SSL bundles. */
    public TransportParts(
            TransportKind kind,
            EventLoopGroup loops,
            AddressWatch addresses,
            OpenUdpPorts ownPorts,
            DescriptorBudget descriptors,
            AcceptFailures acceptFailures,
            ByteBudget byteBudget,
            EchoLatency tcpLatency,
            EchoLatency udpLatency) {
        this(
                kind,
                loops,
                addresses,
                ownPorts,
                descriptors,
                acceptFailures,
                byteBudget,
                tcpLatency,
                udpLatency,
                TlsContexts.NONE);
    }
}
