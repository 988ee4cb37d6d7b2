#!/usr/bin/env python3
"""Verifies that Canyon, as in the image, runs within the memory of a container with listeners, connections and a burst.

    memory.py [options]

    -j JAR          Canyon's jar (default: the newest target/canyon-*.jar)
    -m MEBIBYTES    memory of the container (default 384)
    -l LISTENERS    number of listeners, half TCP, half UDP (default 100)
    -c CONNECTIONS  number of connections to hold, which echo repeatedly (default 5000)
    -o OPTION       additional JVM option; can be repeated

Requires Java 25 (JAVA) and a C compiler. The limit is a memory control group, in which the kernel kills a process that exceeds it. If
the user may not create one, -XX:MaxRAM is used instead and the peak memory is compared with the limit. The report is written to
standard output as Markdown. Exits with 1 if Canyon died, ran out of memory, returned wrong data or exceeded the limit.
"""

import argparse
import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import canyon
from canyon import BENCH, ROOT, say

MESSAGE = b"0123456789abcdef" * 4
HELD_SECONDS = 10
BURST_CONNECTIONS, BURST_BYTES, BURST_IN_FLIGHT, BURST_SECONDS = 1000, 16384, 4, 10
SPARE_FILES = 1000


class ControlGroup:
    """A memory limit without swap, for both versions of control groups."""

    LIMITS = ("memory.limit_in_bytes", "memory.max")
    PEAKS = ("memory.max_usage_in_bytes", "memory.peak")
    NO_SWAP = (("memory.swappiness", "0"), ("memory.swap.max", "0"))

    def __init__(self, limit):
        self.path = self._own() / f"canyon-bench-{os.getpid()}"
        self.path.mkdir()
        self._present(self.LIMITS).write_text(str(limit))
        for name, value in self.NO_SWAP:
            if (self.path / name).exists():
                (self.path / name).write_text(value)

    @staticmethod
    def make(limit):
        """Returns None if the user may not create one."""
        try:
            return ControlGroup(limit)
        except OSError as refusal:
            say(f"no control group: {refusal}")
            return None

    @staticmethod
    def _own():
        """The directory of the control group of this process."""
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            if controllers == "memory":
                return Path("/sys/fs/cgroup/memory" + path)
        return Path("/sys/fs/cgroup" + path)

    def _present(self, names):
        for name in names:
            if (self.path / name).exists():
                return self.path / name
        raise FileNotFoundError(f"{self.path} has none of {names}")

    def enter(self):
        (self.path / "cgroup.procs").write_text(str(os.getpid()))

    def peak(self):
        return int(self._present(self.PEAKS).read_text())

    def remove(self):
        self.path.rmdir()


class Api:
    def __init__(self, port):
        self.port = port

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body and json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        if answer.status >= 300:
            sys.exit(f"memory: {method} {path}: {answer.status} {text}")
        return json.loads(text)

    def create_listeners(self, count):
        """Returns the ports of the TCP listeners."""
        ports = []
        for number in range(count):
            protocol = "tcp" if number % 2 == 0 else "udp"
            listener = {"name": f"bench-{number}", "protocol": protocol, "host": "127.0.0.1", "port": 0}
            if protocol == "tcp":
                listener["tcp"] = {"maxConnections": 0}
                ports.append(self.call("POST", "/api/v1/listeners", listener)["status"]["port"])
            else:
                self.call("POST", "/api/v1/listeners", listener)
        return ports

    def measured_run(self, port):
        run = self.call("POST", "/api/v1/runs?waitMs=60000", {
            "target": {"protocol": "tcp", "host": "127.0.0.1", "port": port},
            "connections": 10, "messageBytes": 64, "pipeline": 4, "warmupMs": 500, "durationMs": 2000})
        if run["state"] != "completed" or run["verdict"] == "fail":
            sys.exit(f"memory: the run did not pass: {run}")
        return run["result"]["messagesPerSecond"]


def connect(ports, count):
    held = []
    for number in range(count):
        held.append(socket.create_connection(("127.0.0.1", ports[number % len(ports)]), timeout=30))
    return held


def echo_on(connections):
    """Sends on every connection before reading, so that the responses arrive together."""
    for connection in connections:
        connection.sendall(MESSAGE)
    for connection in connections:
        left = len(MESSAGE)
        while left:
            received = connection.recv(left)
            if MESSAGE[-left:][: len(received)] != received or not received:
                sys.exit(f"memory: the echo is wrong: {received}")
            left -= len(received)


def echo_for(seconds, connections):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for begin in range(0, len(connections), 500):
            echo_on(connections[begin : begin + 500])


def burst(port):
    load = ["-c", BURST_CONNECTIONS, "-s", BURST_BYTES, "-d", BURST_IN_FLIGHT, "-t", BURST_SECONDS]
    return subprocess.Popen([ROOT / "target/bench/echoload", "tcp", "127.0.0.1", str(port), *map(str, load)],
                            stdout=subprocess.PIPE, text=True)


def peak_rss(process):
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    sys.exit("memory: Canyon has exited")


def mebibytes(number):
    return f"{number / 1024 / 1024:.0f}"


def use(process, api, options):
    """Yields each step and the peak memory so far."""
    yield "ready", peak_rss(process)
    ports = api.create_listeners(options.listeners)
    yield f"{options.listeners} listeners", peak_rss(process)
    held = connect(ports, options.connections)
    echo_for(HELD_SECONDS, held)
    yield f"{options.connections} connections, all echoing", peak_rss(process)
    load = burst(ports[0])
    rate = api.measured_run(ports[1])
    listed = api.call("GET", "/api/v1/listeners?limit=1000")["items"]
    pages = [api.call("GET", f"/api/v1/listeners/bench-{number}/connections?limit=1000") for number in (0, 2, 4)]
    echo_for(1, held)
    answer = load.communicate()[0]
    if load.returncode != 0 or len(listed) != options.listeners:
        sys.exit(f"memory: the burst failed: {answer}, {len(listed)} listeners")
    done = f"a burst of {BURST_CONNECTIONS} more x {BURST_BYTES // 1024} KiB x {BURST_IN_FLIGHT}"
    say(f"burst: {answer.strip()}; run: {rate:.0f}/s; pages: {[len(page['items']) for page in pages]}")
    yield f"{done}, with a measured run and lists", peak_rss(process)
    echo_on(held)
    for connection in held:
        connection.close()


def measure(options, work):
    jar = (options.jar or canyon.newest_jar()).resolve()
    subprocess.run(["make", "-C", BENCH, "--silent", f"OUT={ROOT / 'target/bench'}"], check=True, stdout=sys.stderr)
    image = canyon.Image(jar, work / "app")
    limit = options.mebibytes * 1024 * 1024
    group = ControlGroup.make(limit)
    port = canyon.free_port()
    command = image.command()
    command[1:1] = options.jvm + ([] if group else [f"-XX:MaxRAM={limit}"])
    command += [f"--server.port={port}", f"--canyon.data-dir={work}/data", "--canyon.default-listeners=false",
                "--canyon.targets.allowed=127.0.0.0/8"]
    log = work / "canyon.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, preexec_fn=group and group.enter)
    try:
        while not canyon.is_ready(port):
            if process.poll() is not None:
                sys.exit(f"memory: Canyon does not start:\n{log.read_text()}")
            time.sleep(0.05)
        steps = list(use(process, Api(port), options))
        process.poll()
        if process.returncode is not None or "OutOfMemoryError" in log.read_text():
            sys.exit(f"memory: Canyon exited with {process.returncode}:\n{log.read_text()[-5000:]}")
        if options.native_memory:
            jcmd = Path(canyon.java()).with_name("jcmd")
            say(subprocess.run([jcmd, str(process.pid), "VM.native_memory", "summary"], capture_output=True, text=True).stdout)
        if not group and steps[-1][1] > limit:
            sys.exit(f"memory: {mebibytes(steps[-1][1])} MiB exceed the limit of {options.mebibytes}")
        return steps, group and group.peak()
    finally:
        canyon.stop(process)
        if group:
            group.remove()


def report(options, steps, peak):
    canyon.report_machine()
    means = "a memory control group" if peak else "-XX:MaxRAM, because no control group could be created"
    print(f"\nLimit: {options.mebibytes} MiB, by {means}." + (f" Peak: {mebibytes(peak)} MiB, including reclaimable page cache."
                                                               if peak else ""))
    print("\n| after | peak resident memory of the process, MiB |")
    print("| --- | --- |")
    for done, highest in steps:
        print(f"| {done} | {mebibytes(highest)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", dest="jar", type=Path)
    parser.add_argument("-m", dest="mebibytes", type=int, default=384)
    parser.add_argument("-l", dest="listeners", type=int, default=100)
    parser.add_argument("-c", dest="connections", type=int, default=5000)
    parser.add_argument("-o", dest="jvm", action="append", default=[])
    parser.add_argument("--native-memory", action="store_true", help="print native memory; requires -o=-XX:NativeMemoryTracking=summary")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    needed = options.connections + BURST_CONNECTIONS + options.listeners + SPARE_FILES
    if hard != resource.RLIM_INFINITY and hard < needed:
        sys.exit(f"memory: {needed} file descriptors are required in one process, but the hard limit is {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="canyon-memory.") as work:
        report(options, *measure(options, Path(work)))


if __name__ == "__main__":
    main()
