#!/usr/bin/env python3
"""Measures what faults cost, and how exact delays and rates are.

    faults.py [options]

    -j JAR      Canyon's jar (default: the newest target/canyon-*.jar)
    -n ROUNDS   pairs of runs for the cost and for delays (default 7)
    -t SECONDS  duration of each measurement (default 3)
    -d MILLIS   delay whose accuracy is measured (default 20)
    -o DIR      output directory of the C programs (default target/bench)

Cost: the rate with a latency fault of 0 ms in force, divided by the rate without a fault, in alternating runs on one listener.
Accuracy: the latency at a fixed rate with the fault, less the delay that was asked for; the rate of a connection with a bandwidth
fault, divided by the one that was asked for. Canyon and echoload each run on a
processor of their own (SERVER_CPU and LOAD_CPU, default 0 and 1). Requires a C compiler. The report is written to standard output as Markdown.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile

import canyon
from canyon import BENCH, ROOT, RunFailed, Server, say

COST = [("tcp", 50, 64, 1), ("tcp", 50, 64, 16), ("udp", 16, 64, 1)]
ACCURACY = [("tcp", 1000), ("tcp", 20000), ("udp", 1000), ("udp", 20000)]
BANDWIDTH = [100_000, 1_000_000, 20_000_000]


def cost(server, rounds, seconds):
    print("\n| workload | with latency 0 / without a fault | lowest | highest | the same per CPU second |"
          "\n| --- | --- | --- | --- | --- |")
    for protocol, connections, size, depth in COST:
        faults = f"listeners/echo-{protocol}/faults"
        options = ("-c", connections, "-s", size, "-d", depth, "-t", seconds, "-w", 1)
        ratios, per_cpu = [], []
        for round_number in range(rounds):
            say(f"{protocol} {connections}x{size}x{depth}: round {round_number + 1} of {rounds}")
            measured = {}
            # In turns the one and the other first, so that a machine that gets faster favours neither.
            for faulted in (False, True) if round_number % 2 else (True, False):
                if faulted:
                    server.call("POST", faults, {"type": "latency", "delayMs": 0})
                measured[faulted] = server.rates(protocol, *options)
                server.call("DELETE", faults)
            ratios.append(measured[True][0] / measured[False][0])
            per_cpu.append(measured[True][1] / measured[False][1])
        print(f"| {protocol} {connections}x{size}x{depth} | {statistics.median(ratios):.2f} "
              f"| {min(ratios):.2f} | {max(ratios):.2f} | {statistics.median(per_cpu):.2f} |", flush=True)


def accuracy(server, delay, rounds, seconds):
    warm_up(server, delay)
    print(f"\n| messages/s | p50 - {delay} ms | p99 - {delay} ms | lowest | highest | p50 without a fault | p99 without a fault |"
          "\n| --- | --- | --- | --- | --- | --- | --- |")
    for protocol, rate in ACCURACY:
        faults = f"listeners/echo-{protocol}/faults"
        without, delayed = [], []
        try:
            for round_number in range(rounds):
                say(f"{protocol}: {rate} messages/s delayed by {delay} ms: round {round_number + 1} of {rounds}")
                without.append(percentiles(server, protocol, rate, seconds))
                server.call("POST", faults, {"type": "latency", "delayMs": delay})
                delayed.append(percentiles(server, protocol, rate, seconds))
                server.call("DELETE", faults)
            late = [[figure - delay for figure in column] for column in zip(*delayed)]
            cells = [*map(statistics.median, late), min(late[1]), max(late[1]), *map(statistics.median, zip(*without))]
            print(f"| {protocol} {rate} | " + " | ".join(f"{cell:.2f} ms" for cell in cells) + " |", flush=True)
        except RunFailed as failure:
            # More than the machine can do at present; other rates may still be measured.
            say(failure)
            print(f"| {protocol} {rate} | failed | | | | | |", flush=True)
        server.call("DELETE", faults)


def warm_up(server, delay):
    """Lets the JVM compile the code that delays bytes: at a low rate, that would happen during the measurement, on the same processor."""
    for protocol in server.ports:
        faults = f"listeners/echo-{protocol}/faults"
        server.call("POST", faults, {"type": "latency", "delayMs": delay})
        server.load(protocol, "-c", 50, "-s", 64, "-d", 4, "-t", 5)
        server.call("DELETE", faults)


def percentiles(server, protocol, rate, seconds):
    """p50 and p99 in milliseconds."""
    run = server.load(protocol, "-c", 10, "-s", 64, "-r", rate, "-t", seconds, "-w", 1)
    return [run[name] / 1000 for name in ("p50_us", "p99_us")]


def bandwidth(server, seconds):
    print("\n| bytes/s | measured / requested |\n| --- | --- |")
    for rate in BANDWIDTH:
        say(f"tcp: {rate} bytes/s")
        server.call("POST", "listeners/echo-tcp/faults", {"type": "bandwidth", "bytesPerSecond": rate})
        size = 1_000
        run = server.load("tcp", "-c", 1, "-s", size, "-d", 512, "-t", seconds, "-w", 1)
        server.call("DELETE", "listeners/echo-tcp/faults")
        print(f"| {rate} | {run['msgs_per_s'] * size / rate:.4f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", dest="jar")
    parser.add_argument("-n", dest="rounds", type=int, default=7)
    parser.add_argument("-t", dest="seconds", type=int, default=3)
    parser.add_argument("-d", dest="delay", type=int, default=20)
    parser.add_argument("-o", dest="native", default=ROOT / "target" / "bench")
    options = parser.parse_args()
    subprocess.run(["make", "-s", "-C", BENCH, f"OUT={options.native}"], check=True, stdout=sys.stderr)
    with tempfile.TemporaryDirectory() as data:
        server = Server(options.jar or canyon.newest_jar(), data, options.native)
        try:
            for protocol in server.ports:
                server.load(protocol, "-c", 50 if protocol == "tcp" else 16, "-s", 64, "-t", 5)
            canyon.report_machine()
            cost(server, options.rounds, options.seconds)
            accuracy(server, options.delay, options.rounds, options.seconds)
            bandwidth(server, options.seconds)
        except RunFailed as failure:
            sys.exit(f"echoload failed: {failure}")
        finally:
            canyon.stop(server.process)


if __name__ == "__main__":
    main()
