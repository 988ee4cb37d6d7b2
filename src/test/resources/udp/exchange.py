"""Sends datagrams of several sizes, most of which travel in fragments, and expects each one back as it was.

Usage: exchange.py ADDRESS PORT
"""

import os
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(5)
client.connect((sys.argv[1], int(sys.argv[2])))
for size in (1472, 1473, 9000, 65_507):
    message = os.urandom(size)
    client.send(message)
    if client.recv(65_536) != message:
        sys.exit(f"{size} bytes came back changed")
    print(f"{size} bytes came back")
