"""Types the tour of a Markdown file into a shell and compares what comes out with what is printed there.

Usage: tour.py README.md

Starts the built jar, runs the commands (lines that begin with "$ " in blocks marked "console") in their order, and stops
it again. The word "canyon" in a command runs the jar with arguments. In the expected output "..." stands for anything. Ends
with 1 at the first difference.
"""

import glob
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

READY = "http://127.0.0.1:8080/actuator/health/readiness"
START_SECONDS = 60
COMMAND_SECONDS = 30


def steps(markdown):
    """Yields (command, expected output) for each command of the console blocks."""
    for block in re.findall(r"^```console\n(.*?)^```", markdown, re.DOTALL | re.MULTILINE):
        command, expected = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command is not None:
                    yield command, "\n".join(expected)
                command, expected = line[2:], []
            elif line.startswith("> "):
                command += "\n" + line[2:]
            else:
                expected.append(line)
        yield command, "\n".join(expected)


def matches(expected, actual):
    pattern = ".*?".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, actual.strip(), re.DOTALL) is not None


def await_ready(server):
    for _ in range(START_SECONDS * 4):
        try:
            with urllib.request.urlopen(READY, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        if server.poll() is not None:
            sys.exit(f"Canyon ended with {server.returncode}; is port 8080 or 7007 in use?")
        time.sleep(0.25)
    sys.exit(f"Canyon was not ready within {START_SECONDS} s")


def with_command(java, jar, home):
    """The environment of a shell in which "canyon" is the jar, as the README's alias has it."""
    folder = os.path.join(home, "bin")
    os.mkdir(folder)
    path = os.path.join(folder, "canyon")
    with open(path, "w", encoding="utf-8") as script:
        script.write(f'#!/bin/sh\nexec "{java}" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "{jar}" "$@"\n')
    os.chmod(path, 0o755)
    return {**os.environ, "PATH": folder + os.pathsep + os.environ["PATH"]}


def run(readme, home, environment):
    for command, expected in steps(readme):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=home,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=COMMAND_SECONDS,
        )
        if not matches(expected, done.stdout):
            sys.exit(f"$ {command}\nexpected:\n{expected}\nwas:\n{done.stdout}")
        print("ok  " + command.splitlines()[0])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        readme = file.read()
    jar = os.path.abspath(sorted(glob.glob("target/canyon-*.jar"))[-1])
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    with tempfile.TemporaryDirectory() as home, open(os.path.join(home, "log"), "w", encoding="utf-8") as log:
        server = subprocess.Popen([java, "-jar", jar], cwd=home, stdout=log, stderr=subprocess.STDOUT)
        try:
            await_ready(server)
            run(readme, home, with_command(java, jar, home))
        finally:
            server.terminate()
            server.wait(timeout=30)


main()
