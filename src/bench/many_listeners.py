"""Creates many TCP listeners: one by one, each after the response to the previous request, and as one document.

    many_listeners.py PORT COUNT

Prints four figures in seconds: one by one in total, for the first tenth and for the last tenth (which show whether the
cost of a listener grows with their number), and as one document, starting without listeners. Exits with 1 if a listener
was not created or is not running.
"""

import http.client
import json
import sys
import time

FIRST_PORT = 10000


def free_ports(count):
    """Avoids port 0, for which the kernel searches more than a millisecond after about 7,000 listeners."""
    taken = set()
    for sockets in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(sockets) as lines:
            next(lines)
            taken.update(int(line.split()[1].rsplit(":", 1)[1], 16) for line in lines)
    free = [port for port in range(FIRST_PORT, 65536) if port not in taken]
    if len(free) < count:
        sys.exit(f"many_listeners: only {len(free)} free ports from {FIRST_PORT}")
    return free[:count]


def create(api, port):
    listener = {"name": f"bench-{port}", "protocol": "tcp", "host": "127.0.0.1", "port": port}
    api.request("POST", "/api/v1/listeners", json.dumps(listener).encode(), {"Content-Type": "application/json"})
    answer = api.getresponse()
    body = answer.read()
    if answer.status != 201 or json.loads(body)["status"]["state"] != "running":
        sys.exit(f"many_listeners: port {port}: {answer.status} {body.decode()}")


def apply(api, document, query=""):
    api.request("POST", "/api/v1/configuration/apply" + query, document, {"Content-Type": "application/json"})
    answer = api.getresponse()
    body = answer.read()
    if answer.status != 200:
        sys.exit(f"many_listeners: {answer.status} {body.decode()}")
    return json.loads(body)["items"]


def as_one_document(api):
    api.request("GET", "/api/v1/configuration")
    document = api.getresponse().read()
    apply(api, b'{"version": 1, "listeners": []}', "?prune=true")
    begun = time.perf_counter()
    items = apply(api, document)
    seconds = time.perf_counter() - begun
    failed = [item for item in items if item["result"] != "created"]
    if failed:
        sys.exit(f"many_listeners: {len(failed)} were not created, for example {failed[0]}")
    return seconds


def main():
    api_port, count = int(sys.argv[1]), int(sys.argv[2])
    # One connection: http.client reuses it, and reopens it if the server closes it after some requests.
    api = http.client.HTTPConnection("127.0.0.1", api_port, timeout=60)
    ports = free_ports(count)
    times = [time.perf_counter()]
    for port in ports:
        create(api, port)
        times.append(time.perf_counter())
    tenth = max(1, count // 10)
    print(
        f"{times[-1] - times[0]:.3f} {times[tenth] - times[0]:.3f} {times[-1] - times[-1 - tenth]:.3f}"
        f" {as_one_document(api):.3f}"
    )


main()
