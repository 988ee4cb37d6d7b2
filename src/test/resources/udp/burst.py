"""Keeps many datagrams of one size in flight and compares each that comes back: python3 burst.py HOST PORT BYTES COUNT."""

import os
import socket
import sys

IN_FLIGHT = 64

host, port, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
family = socket.AF_INET6 if ":" in host else socket.AF_INET
with socket.socket(family, socket.SOCK_DGRAM) as client:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    client.settimeout(5)
    client.connect((host, port))
    back = 0
    while back < count:
        sent = {os.urandom(size) for _ in range(min(IN_FLIGHT, count - back))}
        for payload in sent:
            client.send(payload)
        while sent:
            sent.remove(client.recv(65536))
            back += 1
    print(f"{back} datagrams of {size} bytes came back")
