"""Runs the console commands of Markdown files and compares their output with the documented output.

Usage: tour.py FILE...

Only blocks marked "console" are read: "$ " starts a command, "> " continues it, and every other line is expected output, in
which "..." matches any text. The commands of a file run in order against a server of its own, which uses the default ports and
an empty working directory. The word "canyon" in a command runs the jar. Files without such blocks are skipped.

Requires target/canyon-*.jar and free ports 8080 and 7007. Exits with 1 at the first difference.
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
        if command is None:
            sys.exit(f"a console block without a command:\n{block}")
        yield command, "\n".join(expected)


def matches(expected, actual):
    pattern = ".*?".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, actual.strip(), re.DOTALL) is not None


def await_ready(server, log):
    for _ in range(START_SECONDS * 4):
        try:
            with urllib.request.urlopen(READY, timeout=2) as response:
                if response.status == 200 and server.poll() is None:
                    return
        except OSError:
            pass
        if server.poll() is not None:
            sys.exit(f"Canyon exited with {server.returncode}; is port 8080 or 7007 in use?\n{tail(log)}")
        time.sleep(0.25)
    sys.exit(f"Canyon was not ready within {START_SECONDS} s\n{tail(log)}")


def tail(log):
    with open(log, encoding="utf-8") as lines:
        return "".join(lines.readlines()[-20:])


def with_command(java, jar, home):
    """The environment of a shell in which "canyon" runs the jar, like the alias in docs/cli.md."""
    folder = os.path.join(home, "bin")
    os.mkdir(folder)
    path = os.path.join(folder, "canyon")
    with open(path, "w", encoding="utf-8") as script:
        script.write(f'#!/bin/sh\nexec "{java}" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "{jar}" "$@"\n')
    os.chmod(path, 0o755)
    return {**os.environ, "PATH": folder + os.pathsep + os.environ["PATH"]}


def run(file, commands, directory, environment):
    for command, expected in commands:
        try:
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=directory,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=COMMAND_SECONDS,
            )
        except subprocess.TimeoutExpired:
            sys.exit(f"{file}\n$ {command}\ndid not finish within {COMMAND_SECONDS} s")
        if not matches(expected, done.stdout):
            sys.exit(f"{file}\n$ {command}\nexpected:\n{expected}\nactual:\n{done.stdout}")
        print(f"ok  {file}: {command.splitlines()[0]}", flush=True)


def tour(file, java, jar):
    with open(file, encoding="utf-8") as markdown:
        commands = list(steps(markdown.read()))
    if not commands:
        print(f"--  {file}: no console commands", flush=True)
        return 0
    with tempfile.TemporaryDirectory() as home:
        environment = with_command(java, jar, home)
        directory = os.path.join(home, "work")
        os.mkdir(directory)
        log_path = os.path.join(home, "log")
        with open(log_path, "w", encoding="utf-8") as log:
            server = subprocess.Popen([java, "-jar", jar], cwd=directory, stdout=log, stderr=subprocess.STDOUT)
        try:
            await_ready(server, log_path)
            run(file, commands, directory, environment)
        finally:
            server.terminate()
            server.wait(timeout=30)
    return len(commands)


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: tour.py FILE...")
    jars = glob.glob("target/canyon-*.jar")
    if not jars:
        sys.exit("no target/canyon-*.jar: run ./mvnw package")
    jar = os.path.abspath(sorted(jars)[-1])
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    count = sum(tour(file, java, jar) for file in sys.argv[1:])
    if count == 0:
        sys.exit("no console command was found")
    print(f"ok  {count} commands in {len(sys.argv) - 1} files")


main()
