package dev.canyon.transport;

import io.netty.channel.EventLoopGroup;

/** What all endpoints of a transport have in common. */
record TransportParts(
        TransportKind kind,
        EventLoopGroup loops,
        AddressWatch addresses,
        OwnPorts ownPorts,
        DescriptorBudget descriptors,
        AcceptFailures acceptFailures,
        EchoLatency tcpLatency,
        EchoLatency udpLatency) {}
