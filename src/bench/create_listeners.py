"""Creates TCP listeners one by one, each request after the answer to the one before.

    create_listeners.py PORT COUNT

Prints three figures: seconds in all, seconds for the first tenth, seconds for the last tenth. The tenths
show whether a listener costs more the more there are. Exit 1 when one was not created or is not running.
"""

import http.client
import json
import sys
import time

FIRST_PORT = 10000


def free_ports(count):
    """Port 0 would measure the kernel: after some 7,000 listeners it searches over a millisecond for a free one."""
    taken = set()
    for sockets in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(sockets) as lines:
            next(lines)
            taken.update(int(line.split()[1].rsplit(":", 1)[1], 16) for line in lines)
    free = [port for port in range(FIRST_PORT, 65536) if port not in taken]
    if len(free) < count:
        sys.exit(f"create_listeners: only {len(free)} free ports from {FIRST_PORT} on")
    return free[:count]


def create(api, port):
    listener = {"name": f"bench-{port}", "protocol": "tcp", "host": "127.0.0.1", "port": port}
    api.request("POST", "/api/v1/listeners", json.dumps(listener).encode(), {"Content-Type": "application/json"})
    answer = api.getresponse()
    body = answer.read()
    if answer.status != 201 or json.loads(body)["status"]["state"] != "running":
        sys.exit(f"create_listeners: port {port}: {answer.status} {body.decode()}")


def main():
    api_port, count = int(sys.argv[1]), int(sys.argv[2])
    # One connection: http.client keeps it, and opens it again where the server closes it after some requests.
    api = http.client.HTTPConnection("127.0.0.1", api_port, timeout=60)
    ports = free_ports(count)
    times = [time.perf_counter()]
    for port in ports:
        create(api, port)
        times.append(time.perf_counter())
    tenth = max(1, count // 10)
    print(f"{times[-1] - times[0]:.3f} {times[tenth] - times[0]:.3f} {times[-1] - times[-1 - tenth]:.3f}")


main()
