#!/usr/bin/env python3
"""Compares the loss of the fault "drop" with that of the match "statistic" of iptables.

    loss.py [options]

    -j JAR          Canyon's jar (default: the newest target/canyon-*.jar)
    -p PROBABILITY  of the loss of a datagram (default 0.1)
    -m MESSAGES     messages of each run (default 20000)
    -n ROUNDS       pairs of runs (default 5)

Measured runs through the API on a UDP listener alternate: in one, the kernel drops the requests; in the other, the fault does. Each run
must lose exactly what the rule or the fault has counted (and what did not fit into the socket buffer of the listener, on a busy machine),
and both losses must agree with the probability. The program creates a network
namespace of its own, so that no rule of this host is changed; this requires root, or user namespaces. Requires iptables, ip and unshare.
The report is written to standard output as Markdown; the exit status is 1 if something disagrees.
"""

import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile

import canyon
from canyon import Server, say

INSIDE = "CANYON_LOSS_NAMESPACE"
RATE = 2500
TIMEOUT_MILLIS = 1000
# Of the normal distribution: 99.9 % are within.
Z = 3.2905


class Iptables:
    """A rule that drops requests."""

    name = "iptables `statistic`"

    def __init__(self, server, probability):
        self.rule = ["INPUT", "-p", "udp", "--dport", str(server.ports["udp"]), "-m", "statistic", "--mode", "random",
                     "--probability", str(probability), "-j", "DROP"]

    def begin(self):
        subprocess.run(["iptables", "-A", *self.rule], check=True)

    def end(self):
        listed = subprocess.run(["iptables", "-nvxL", "INPUT"], capture_output=True, text=True, check=True).stdout
        subprocess.run(["iptables", "-D", *self.rule], check=True)
        return int(re.search(r"(\d+) +\d+ +DROP", listed).group(1))


class Drop:
    """A temporary fault with a seed of its own each time. Numbered per flow, all flows would lose the same datagrams."""

    name = "fault `drop`"

    def __init__(self, server, probability):
        self.server = server
        self.fault = {"type": "drop", "direction": "in", "when": {"probability": probability}, "per": "listener"}

    def begin(self):
        self.server.call("POST", "listeners/echo-udp/faults", self.fault)

    def end(self):
        return self.server.call("DELETE", "listeners/echo-udp/faults")["items"][0]["applied"]


def interval(lost, sent):
    """The Wilson interval, within which the probability of a loss is with 99.9 %."""
    ratio = lost / sent
    centre = ratio + Z * Z / (2 * sent)
    margin = Z * math.sqrt(ratio * (1 - ratio) / sent + Z * Z / (4 * sent * sent))
    scale = 1 + Z * Z / sent
    return (centre - margin) / scale, (centre + margin) / scale


def measure(server, way, messages):
    """The messages sent, lost, dropped according to the rule or fault, and dropped because the socket buffer was full."""
    full_before = buffer_full(server)
    way.begin()
    run = server.call("POST", "runs?waitMs=60000", {
        "target": {"listener": "echo-udp"}, "connections": 10, "ratePerSecond": RATE, "messages": messages,
        "timeoutMs": TIMEOUT_MILLIS})
    dropped = way.end()
    if run["state"] != "completed":
        sys.exit(f"the run is {run['state']}: {run['detail']}")
    return run["result"]["sent"], run["result"]["lost"], dropped, buffer_full(server) - full_before


def buffer_full(server):
    return server.call("GET", "listeners/echo-udp")["status"]["dropped"]["kernel"]


def compare(server, probability, messages, rounds):
    ways = [Iptables(server, probability), Drop(server, probability)]
    totals = {way.name: [0, 0, 0, 0] for way in ways}
    for round_number in range(rounds):
        for way in ways if round_number % 2 else reversed(ways):
            say(f"{way.name}: round {round_number + 1} of {rounds}")
            counted = measure(server, way, messages)
            totals[way.name] = [total + count for total, count in zip(totals[way.name], counted)]
    print("\n| dropped by | sent | lost | dropped | buffer full | loss | 99.9 % interval |"
          "\n| --- | --- | --- | --- | --- | --- | --- |")
    agrees = True
    for name, (sent, lost, dropped, full) in totals.items():
        low, high = interval(dropped, sent)
        agrees = agrees and lost == dropped + full and low <= probability <= high
        print(f"| {name} | {sent} | {lost} | {dropped} | {full} | {dropped / sent:.4f} | {low:.4f} to {high:.4f} |")
    (sent_a, _, lost_a, _), (sent_b, _, lost_b, _) = totals.values()
    both = (lost_a + lost_b) / (sent_a + sent_b)
    deviations = abs(lost_a / sent_a - lost_b / sent_b) / math.sqrt(both * (1 - both) * (1 / sent_a + 1 / sent_b))
    print(f"\nThe two differ by {deviations:.1f} standard deviations (99.9 %: at most {Z:.1f}).")
    return agrees and deviations <= Z


def enter_namespace():
    """Runs this program again in a network namespace of its own, which ends with it."""
    for program in ("iptables", "ip", "unshare"):
        if not shutil.which(program):
            sys.exit(f"{program} not found")
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    os.environ[INSIDE] = "yes"
    os.execvp("unshare", ["unshare", "--net", *as_root, sys.executable, *sys.argv])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", dest="jar")
    parser.add_argument("-p", dest="probability", type=float, default=0.1)
    parser.add_argument("-m", dest="messages", type=int, default=20_000)
    parser.add_argument("-n", dest="rounds", type=int, default=5)
    options = parser.parse_args()
    if INSIDE not in os.environ:
        enter_namespace()
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.TemporaryDirectory() as data:
        server = Server(options.jar or canyon.newest_jar(), data, None)
        try:
            canyon.report_machine()
            agrees = compare(server, options.probability, options.messages, options.rounds)
        finally:
            canyon.stop(server.process)
    sys.exit(0 if agrees else 1)


if __name__ == "__main__":
    main()
