#!/usr/bin/env python3
"""Compares TLS 1.3 of Canyon with stunnel in front of echolimit, and measures the memory of idle TLS connections.

    tls.py [options]

    -j JAR      Canyon's jar (default: the newest target/canyon-*.jar)
    -n ROUNDS   pairs of runs (default 7)
    -t SECONDS  duration of each measurement (default 3)
    -c COUNT    idle connections (default 10000; each needs a file descriptor on both sides)
    -o DIR      output directory of the C programs (default target/bench)

Rate: echoload behind a second stunnel, which speaks TLS to either server. Handshakes: full handshakes by openssl s_time. Each server
runs on the processor SERVER_CPU, the clients on LOAD_CPU (default 0 and 1). Both servers use a P-256 key.
Requires a C compiler, openssl and stunnel. The report is written to standard output as Markdown.
"""

import argparse
import asyncio
import re
import shutil
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import canyon
from canyon import BENCH, LOAD_CPU, ROOT, SERVER_CPU, RunFailed, Server, say

WORKLOADS = [(50, 64, 1), (8, 16384, 4)]
WARM_CONNECTIONS = 100
CONNECTING_AT_ONCE = 50


class Programs:
    """Processes with an own processor, and the ports they listen on."""

    def __init__(self):
        self.running = []

    def start(self, cpu, port, *command):
        process = subprocess.Popen(["taskset", "-c", cpu, *map(str, command)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.running.append(process)
        deadline = time.monotonic() + 30
        while not is_open(port):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{command[0]} does not listen on port {port}")
            time.sleep(0.1)
        return process

    def stop(self):
        for process in self.running:
            canyon.stop(process)


def is_open(port):
    return f":{port:04X} " in "".join(
        line for line in Path("/proc/net/tcp").read_text().splitlines(keepends=True) if " 0A " in line)


class Stunnel:
    """A TLS server in front of echolimit."""

    def __init__(self, programs, native, folder):
        plain, self.port = canyon.free_port(), canyon.free_port()
        programs.start(SERVER_CPU, plain, f"{native}/echolimit", "tcp", plain)
        certificate = folder / "stunnel.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
             "-subj", "/CN=localhost", "-keyout", certificate, "-out", folder / "certificate.pem"],
            check=True, capture_output=True)
        with certificate.open("a") as file:
            file.write((folder / "certificate.pem").read_text())
        self.process = start_stunnel(
            programs, SERVER_CPU, folder / "server.conf", self.port, plain, f"cert = {certificate}\n")


def start_stunnel(programs, cpu, file, accept, connect, more):
    file.write_text(f"foreground = yes\npid =\nsyslog = no\n[echo]\naccept = 127.0.0.1:{accept}\n"
                    f"connect = 127.0.0.1:{connect}\n{more}")
    return programs.start(cpu, accept, shutil.which("stunnel4") or "stunnel", file)


def alternating(rounds, name, measure):
    """Ratios of the first to the second of two measurements in alternating order, and both medians."""
    ratios, values = [], ([], [])
    for round_number in range(rounds):
        say(f"{name}: round {round_number + 1} of {rounds}")
        measured = {}
        for which in (0, 1) if round_number % 2 else (1, 0):
            measured[which] = measure(which)
            values[which].append(measured[which])
        ratios.append(measured[0] / measured[1])
    print(f"| {name} | {statistics.median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f} "
          f"| {statistics.median(values[0]):.0f} | {statistics.median(values[1]):.0f} |", flush=True)


def rates(server, clients, rounds, seconds):
    print("\n| workload | Canyon / stunnel | lowest | highest | Canyon, messages/s | stunnel, messages/s |"
          "\n| --- | --- | --- | --- | --- | --- |")
    for connections, size, depth in WORKLOADS:
        def measure(which):
            run = server.load_at("tcp", clients[which], "-c", connections, "-s", size, "-d", depth, "-t", seconds, "-w", 1)
            return run["msgs_per_s"]
        alternating(rounds, f"tcp {connections}x{size}x{depth}", measure)


def handshakes(ports, rounds, seconds):
    print("\n| | Canyon / stunnel | lowest | highest | Canyon, per second | stunnel, per second |"
          "\n| --- | --- | --- | --- | --- | --- |")

    def measure(which):
        run = subprocess.run(
            ["taskset", "-c", LOAD_CPU, "openssl", "s_time", "-connect", f"127.0.0.1:{ports[which]}", "-new", "-tls1_3",
             "-time", str(seconds)], capture_output=True, text=True)
        found = re.search(r"(\d+) connections in (\d+) real seconds", run.stdout)
        if not found:
            raise RunFailed(run.stdout + run.stderr)
        return int(found.group(1)) / int(found.group(2))
    alternating(rounds, "full handshakes", measure)


def settled_rss(server):
    """Resident memory in KiB after a garbage collection."""
    jcmd = Path(canyon.java()).with_name("jcmd")
    for _ in range(2):
        subprocess.run([jcmd, str(server.process.pid), "GC.run"], check=True, stdout=subprocess.DEVNULL)
    time.sleep(2)
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))


async def hold(port, count, action):
    """Opens TLS connections, and closes them after the action."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    at_once = asyncio.Semaphore(CONNECTING_AT_ONCE)

    async def connect():
        async with at_once:
            return await asyncio.open_connection("127.0.0.1", port, ssl=context)
    connections = await asyncio.gather(*(connect() for _ in range(count)))
    result = action()
    for _, writer in connections:
        writer.transport.abort()
    return result


def memory(server, count):
    asyncio.run(hold(server.ports["tls"], WARM_CONNECTIONS, lambda: None))
    before = settled_rss(server)
    held = asyncio.run(hold(server.ports["tls"], count, lambda: settled_rss(server)))
    print("\n| idle TLS connections | RSS before, KiB | RSS while held, KiB | KiB per connection |\n| --- | --- | --- | --- |"
          f"\n| {count} | {before} | {held} | {(held - before) / count:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", dest="jar")
    parser.add_argument("-n", dest="rounds", type=int, default=7)
    parser.add_argument("-t", dest="seconds", type=int, default=3)
    parser.add_argument("-c", dest="count", type=int, default=10_000)
    parser.add_argument("-o", dest="native", default=ROOT / "target" / "bench")
    options = parser.parse_args()
    subprocess.run(["make", "-s", "-C", BENCH, f"OUT={options.native}"], check=True, stdout=sys.stderr)
    programs = Programs()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        server = Server(options.jar or canyon.newest_jar(), folder / "data", options.native)
        try:
            created = server.call("POST", "listeners", {
                "name": "tls", "protocol": "tcp", "port": 0, "tls": {"bundle": "self-signed"},
                "tcp": {"maxConnections": 0, "idleTimeoutMs": 0}})
            server.ports["tls"] = created["status"]["port"]
            stunnel = Stunnel(programs, options.native, folder)
            ports = (server.ports["tls"], stunnel.port)
            clients = [canyon.free_port() for _ in ports]
            for number, (accept, connect) in enumerate(zip(clients, ports)):
                start_stunnel(programs, LOAD_CPU, folder / f"client-{number}.conf", accept, connect, "client = yes\n")
            canyon.report_machine()
            for client in clients:
                server.load_at("tcp", client, "-c", 50, "-s", 64, "-t", 10)
            rates(server, clients, options.rounds, options.seconds)
            handshakes(ports, options.rounds, options.seconds)
            memory(server, options.count)
        except RunFailed as failure:
            sys.exit(f"a run failed: {failure}")
        finally:
            programs.stop()
            canyon.stop(server.process)


if __name__ == "__main__":
    main()
