"""Prints the TCP flags of each packet that leaves a port on loopback, a letter for each flag: python3 flags.py PORT."""

import signal
import socket
import struct
import sys

ETH_P_ALL = 3
ETHERNET = 14
IPV6_HEADER = 40
LETTERS = "FSRPA"

signal.alarm(60)  # whoever waits for a packet that never comes gets the end of the output
port = int(sys.argv[1])
try:
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
except PermissionError:
    print("not allowed", flush=True)
    sys.exit(0)
SO_RCVBUFFORCE = 33  # other tests move much over loopback: none of the packets looked for may be dropped
wire.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 * 1024 * 1024)
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
