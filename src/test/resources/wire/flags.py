"""Prints the TCP flags of each packet that leaves a port on loopback, a letter for each flag: python3 flags.py PORT."""

import ctypes
import signal
import socket
import struct
import sys

ETH_P_ALL = 3
ETHERNET = 14
IPV6_HEADER = 40
LETTERS = "FSRPA"
SO_ATTACH_FILTER = 26
SO_RCVBUFFORCE = 33


def pass_only(wire, port):
    """A classic BPF program (bpf(4) of BSD): other tests move much over loopback, which would displace the packets looked for."""
    load_half, load_byte, load_header, load_half_behind, equal, result = 0x28, 0x30, 0xB1, 0x48, 0x15, 0x06
    program = [
        (load_half, 0, 0, 12),  # EtherType
        (equal, 0, 5, 0x0800),  # IPv4, or else at the eighth instruction
        (load_byte, 0, 0, ETHERNET + 9),
        (equal, 0, 9, socket.IPPROTO_TCP),
        (load_header, 0, 0, ETHERNET),
        (load_half_behind, 0, 0, ETHERNET),
        (equal, 5, 6, port),
        (equal, 0, 5, 0x86DD),  # IPv6
        (load_byte, 0, 0, ETHERNET + 6),
        (equal, 0, 3, socket.IPPROTO_TCP),
        (load_half, 0, 0, ETHERNET + IPV6_HEADER),
        (equal, 0, 1, port),
        (result, 0, 0, 65536),
        (result, 0, 0, 0),
    ]
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    kept = ctypes.create_string_buffer(code)
    wire.setsockopt(
        socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", len(program), ctypes.addressof(kept)))


signal.alarm(60)  # whoever waits for a packet that never comes gets the end of the output
port = int(sys.argv[1])
try:
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
except PermissionError:
    print("not allowed", flush=True)
    sys.exit(0)
pass_only(wire, port)
wire.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 8 * 1024 * 1024)
wire.bind(("lo", 0))
print("watching", flush=True)
while True:
    frame, where = wire.recvfrom(65536)
    if where[2] == socket.PACKET_OUTGOING:
        continue  # loopback shows each packet twice
    ip = frame[ETHERNET:]
    tcp = ip[IPV6_HEADER:] if ip[0] >> 4 == 6 else ip[(ip[0] & 15) * 4 :]
    protocol = ip[6] if ip[0] >> 4 == 6 else ip[9]
    if protocol == socket.IPPROTO_TCP and struct.unpack("!H", tcp[:2])[0] == port:
        print("".join(letter for bit, letter in enumerate(LETTERS) if tcp[13] >> bit & 1), flush=True)
