#!/usr/bin/env python3
"""Verifies that clients that send and never read neither end Canyon nor slow others down.

    silent_readers.py [options]

    -j JAR          Canyon's jar (default: the newest target/canyon-*.jar)
    -m MEBIBYTES    memory of the container (default 256)
    -n CLIENTS      number of clients that send and never read (default 20000)
    -t SECONDS      duration of each measurement of the others (default 10)
    -T TRANSPORT    canyon.transport (default auto)

100 connections echo 64 bytes at full speed: first alone, then while the clients fill what Canyon and the kernel buffer for them, and
once they are stuck. Requires Java 25 (JAVA) and a C compiler, and the permission to create a memory control group. The report is written
to standard output as Markdown. Exits with 1 if Canyon died, or if the others keep less than 0.9 of their rate beside stuck clients.
"""

import argparse
import errno
import resource
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import canyon
from canyon import BENCH, ROOT, say
from memory import Api, ControlGroup, mebibytes

GOOD = 100
MUST = 0.9
CHUNK = b"x" * 65536
SPARE_FILES = 200
WARM_UP_SECONDS, FILL_SECONDS = 10, 60


class SilentReaders(threading.Thread):
    """Connects clients that send whenever they can, and never read."""

    def __init__(self, port, count):
        super().__init__(daemon=True)
        self.port, self.count = port, count
        self.sockets = {}
        self.refused = 0
        self.sent = 0
        self.sent_at = time.monotonic()
        self.ended = False

    def run(self):
        poll = select.epoll()
        while not self.ended:
            for _ in range(min(200, self.count - len(self.sockets) - self.refused)):
                self.connect(poll)
            for number, _ in poll.poll(0.05, 1000):
                self.send(poll, number)
        for client in self.sockets.values():
            client.close()

    def connect(self, poll):
        client = socket.socket()
        client.setblocking(False)
        if client.connect_ex(("127.0.0.1", self.port)) not in (0, errno.EINPROGRESS):
            client.close()
            self.refused += 1
            return
        self.sockets[client.fileno()] = client
        poll.register(client, select.EPOLLOUT | select.EPOLLET)

    def send(self, poll, number):
        client = self.sockets[number]
        try:
            while True:
                self.sent += client.send(CHUNK)
                self.sent_at = time.monotonic()
        except BlockingIOError:
            pass
        except OSError:
            del self.sockets[number]
            client.close()
            self.refused += 1

    def await_stuck(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            all_there = len(self.sockets) + self.refused >= self.count
            if all_there and time.monotonic() - self.sent_at > 1:
                return True
            time.sleep(0.1)
        return False


class Others:
    """Clients that echo from beginning to end, on a listener of their own, whose counters tell their rate."""

    def __init__(self, api, port, seconds):
        load = ["tcp", "127.0.0.1", str(port), "-c", str(GOOD), "-s", "64", "-d", "1", "-t", str(seconds), "-w", "1"]
        self.api = api
        self.process = subprocess.Popen([ROOT / "target/bench/echoload", *load], stdout=subprocess.PIPE, text=True)

    def sent(self):
        return self.api.call("GET", "/api/v1/listeners/others")["status"]["traffic"]["sentMessages"]

    def rate(self, seconds):
        before, began = self.sent(), time.monotonic()
        time.sleep(seconds)
        return (self.sent() - before) / (time.monotonic() - began)

    def end(self):
        answer = self.process.communicate()[0].strip()
        if self.process.returncode != 0:
            sys.exit(f"silent_readers: the others were not served correctly: {answer}")


def measure(options, work):
    jar = (options.jar or canyon.newest_jar()).resolve()
    subprocess.run(["make", "-C", BENCH, "--silent", f"OUT={ROOT / 'target/bench'}"], check=True, stdout=sys.stderr)
    image = canyon.Image(jar, work / "app")
    group = ControlGroup(options.mebibytes * 1024 * 1024)
    port = canyon.free_port()
    command = image.command() + [
        f"--server.port={port}", f"--canyon.data-dir={work}/data", "--canyon.default-listeners=false",
        f"--canyon.transport={options.transport}"]
    log = work / "canyon.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, preexec_fn=group.enter)
    try:
        while not canyon.is_ready(port):
            if process.poll() is not None:
                sys.exit(f"silent_readers: Canyon does not start:\n{log.read_text()}")
            time.sleep(0.05)
        api = Api(port)
        ports = [api.call("POST", "/api/v1/listeners", {
            "name": name, "protocol": "tcp", "host": "127.0.0.1", "port": 0, "tcp": {"maxConnections": 0}
        })["status"]["port"] for name in ("others", "silent")]
        others = Others(api, ports[0], WARM_UP_SECONDS + 4 * options.seconds + FILL_SECONDS)
        time.sleep(WARM_UP_SECONDS)

        def state(step):
            return step, others.rate(options.seconds), api.call("GET", "/api/v1/summary"), group.peak()

        yield state("alone")
        silent = SilentReaders(ports[1], options.clients)
        silent.start()
        yield state("beside clients that fill the buffers")
        if not silent.await_stuck(FILL_SECONDS):
            say("the clients are not stuck after a minute")
        yield state(f"beside {len(silent.sockets)} stuck clients, {silent.refused} rejected")
        silent.ended = True
        silent.join()
        yield state("afterwards")
        others.end()
    finally:
        if process.poll() is not None:
            say(f"Canyon exited with {process.returncode}:\n{log.read_text()[-2000:]}")
        canyon.stop(process)
        group.remove()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", dest="jar", type=Path)
    parser.add_argument("-m", dest="mebibytes", type=int, default=256)
    parser.add_argument("-n", dest="clients", type=int, default=20000)
    parser.add_argument("-t", dest="seconds", type=int, default=10)
    parser.add_argument("-T", dest="transport", default="auto")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    needed = options.clients + SPARE_FILES
    if hard != resource.RLIM_INFINITY and hard < needed:
        sys.exit(f"silent_readers: {needed} file descriptors are required in one process, but the hard limit is {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    canyon.report_machine()
    print(f"\nLimit: {options.mebibytes} MiB, transport {options.transport}.\n")
    print("| 100 connections x 64 B | messages/s | ratio | waiting, MiB | connections | peak of the control group, MiB |")
    print("| --- | --- | --- | --- | --- | --- |")
    first, ratios = None, []
    with tempfile.TemporaryDirectory(prefix="canyon-silent.") as work:
        for step, rate, summary, peak in measure(options, Path(work)):
            first = first or rate
            ratios.append(rate / first)
            print(f"| {step} | {rate:.0f} | {ratios[-1]:.2f} | {mebibytes(summary['waiting']['bytes'])}"
                  f" | {summary['connections']['active']} | {mebibytes(peak)} |", flush=True)
    if ratios[2] < MUST:
        sys.exit(f"silent_readers: the others keep {ratios[2]:.2f} of their rate beside stuck clients, required {MUST}")


main()
