package dev.canyon.transport;

/** What can be set for one protocol only. A TCP endpoint has {@link TcpSettings}, a UDP endpoint {@link UdpSettings}. */
public sealed interface ProtocolSettings permits TcpSettings, UdpSettings {

    Protocol protocol();
}
