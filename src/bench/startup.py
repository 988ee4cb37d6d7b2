#!/usr/bin/env python3
"""Measures the time from the start of the process until /actuator/health/readiness returns 200.

    startup.py [options] empty    compared with an empty Spring Boot web and Actuator application on the same JVM
    startup.py [options] cache    in the layout of the image, with the AOT cache compared with without (Java 25)

    -j JAR     Canyon's jar (default: the newest target/canyon-*.jar)
    -n ROUNDS  rounds of alternating starts (default 7)

Environment: JAVA (default java). The report is written to standard output as Markdown, progress to standard error. Files are
written to target/bench and to a temporary directory that is removed at the end.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import canyon
from canyon import BENCH, ROOT, say

START_SECONDS = 120
EMPTY = BENCH / "empty"


def seconds_until_ready(command):
    """Starts the program on a free port, and stops it when it is ready."""
    port = canyon.free_port()
    with open(os.devnull) as nothing, tempfile.TemporaryFile() as log:
        begun = time.perf_counter()
        process = subprocess.Popen([*command, f"--server.port={port}"], stdin=nothing, stdout=log, stderr=log)
        try:
            while not canyon.is_ready(port):
                if process.poll() is not None or time.perf_counter() - begun > START_SECONDS:
                    log.seek(0)
                    sys.exit(f"startup: the program does not start: {command}\n{log.read().decode()}")
                # Polling without a pause would take a processor from the JVM.
                time.sleep(0.002)
            return time.perf_counter() - begun
        finally:
            canyon.stop(process)


def alternate(rounds, kinds):
    """Returns a list of seconds for each kind. The order alternates between rounds."""
    seconds = {name: [] for name in kinds}
    for start in kinds.values():
        start()  # not counted: fills the page cache
    for number in range(rounds):
        names = list(kinds)
        for name in names if number % 2 == 0 else reversed(names):
            seconds[name].append(kinds[name]())
        say(", ".join(f"{name} {taken[-1]:.2f} s" for name, taken in seconds.items()))
    return seconds


def report(seconds, reference):
    canyon.report_machine()
    print(f"\n| start | ratio to {reference}, median | min | max | seconds, median | min | max |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, taken in seconds.items():
        ratios = [own / other for own, other in zip(taken, seconds[reference])]
        cells = [
            f"{figure(values):.2f}" for values in (ratios, taken) for figure in (statistics.median, min, max)
        ]
        print(f"| {name} | {' | '.join(cells)} |")


def empty_jar():
    """Builds the empty application with the Spring Boot version of Canyon."""
    project = ROOT / "target" / "bench" / "empty"
    shutil.copytree(EMPTY, project, dirs_exist_ok=True)
    pom = project / "pom.xml"
    pom.write_text(pom.read_text().replace("@boot.version@", canyon.boot_version()))
    say("building the empty application")
    subprocess.run([ROOT / "mvnw", "-q", "-f", pom, "package"], cwd=ROOT, check=True, stdout=sys.stderr)
    return project / "target" / "empty.jar"


def against_empty(jar, rounds, work):
    """With a new data directory, and with an existing one."""
    empty = [canyon.java(), "-jar", str(empty_jar())]
    program = [canyon.java(), "-jar", str(jar), *canyon.DEFAULT_LISTENERS_ON_FREE_PORTS]

    def fresh():
        data = tempfile.mkdtemp(dir=work)
        return seconds_until_ready([*program, f"--canyon.data-dir={data}/data"])

    kinds = {
        "empty application": lambda: seconds_until_ready(empty),
        "Canyon, new data directory": fresh,
        "Canyon, existing data directory": lambda: seconds_until_ready([*program, f"--canyon.data-dir={work}/again"]),
    }
    report(alternate(rounds, kinds), "empty application")


def with_cache(jar, rounds, work):
    """With the files, JVM options and training run of the image, in a local directory."""
    image = canyon.Image(jar, work / "app")
    plain = [*image.command(cached=False), *canyon.DEFAULT_LISTENERS_ON_FREE_PORTS, f"--canyon.data-dir={work}/data"]
    cached = [*image.command(), *canyon.DEFAULT_LISTENERS_ON_FREE_PORTS, f"--canyon.data-dir={work}/data"]
    kinds = {
        "without AOT cache": lambda: seconds_until_ready(plain),
        "with AOT cache": lambda: seconds_until_ready(cached),
    }
    report(alternate(rounds, kinds), "without AOT cache")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["empty", "cache"])
    parser.add_argument("-j", dest="jar", type=Path)
    parser.add_argument("-n", dest="rounds", type=int, default=7)
    options = parser.parse_args()
    jar = (options.jar or canyon.newest_jar()).resolve()
    with tempfile.TemporaryDirectory(prefix="canyon-startup.") as work:
        {"empty": against_empty, "cache": with_cache}[options.what](jar, options.rounds, Path(work))


main()
