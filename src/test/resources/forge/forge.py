"""Sends UDP datagrams whose source is forged. Needs root (raw sockets). IPv4, checksum left out (RFC 768 allows 0).

Usage: forge.py TARGET_ADDRESS TARGET_PORT SOURCE_ADDRESS:SOURCE_PORT[xTIMES][:PAYLOAD] ...
"""

import socket
import struct
import sys

target, port = sys.argv[1], int(sys.argv[2])
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
for source in sys.argv[3:]:
    address, source_port, *rest = source.split(":")
    source_port, _, times = source_port.partition("x")
    payload = (rest[0] if rest else "hello").encode()
    udp = struct.pack("!HHHH", int(source_port), port, 8 + len(payload), 0) + payload
    ip = struct.pack(
        "!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, socket.inet_aton(address), socket.inet_aton(target)
    )
    for _ in range(int(times or 1)):
        raw.sendto(ip + udp, (target, 0))
