"""Checks openapi.json with the tools that its users run: a linter, and a generator of TypeScript types.

Usage: openapi.py target/canyon-*.jar

1. openapi.json meets the recommended rules of Redocly, without warnings.
2. The types that openapi-typescript generates from it compile with tsc --strict.
3. The responses of a running server fit these types: a dozen are recorded as TypeScript constants of the types of their calls, which
   must compile as well. A field of another type or name is an error.

The npm packages are installed into a temporary directory. Without npm, or if they cannot be installed, the check is skipped with a
message. The server uses free ports.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PACKAGES = ["@redocly/cli@2.77.0", "openapi-typescript@7.13.0", "typescript@5.9.3"]
DOCUMENT = "openapi.json"
START_SECONDS = 60
COMMAND_SECONDS = 120
INSTALL_SECONDS = 180

TCP = {"name": "types-tcp", "protocol": "tcp", "port": 0}
DEFINITIONS = {"version": 1, "listeners": [{"name": "types-udp", "protocol": "udp", "port": 0}]}
PATCH = {"description": "Types", "tcp": {"backlog": None}}
CAPTURE = {"enabled": True}
MESSAGE = {"text": "Hello karl", "repeat": 2}
RUN = {"target": {"listener": "types-tcp"}, "messages": 100}
UNREACHABLE = {"target": {"protocol": "tcp", "host": "127.0.0.1", "port": 1}, "text": ""}

# Method, path in the document, path of the request, body, expected status
CALLS = [
    ("post", "/api/v1/listeners", "/api/v1/listeners", TCP, 201),
    ("post", "/api/v1/listeners", "/api/v1/listeners", TCP, 409),
    ("patch", "/api/v1/listeners/{name}", "/api/v1/listeners/types-tcp", PATCH, 200),
    ("put", "/api/v1/listeners/{name}/capture", "/api/v1/listeners/types-tcp/capture", CAPTURE, 200),
    ("post", "/api/v1/listeners/{name}/messages", "/api/v1/listeners/types-tcp/messages", MESSAGE, 200),
    ("post", "/api/v1/messages", "/api/v1/messages", UNREACHABLE, 403),
    ("get", "/api/v1/listeners/{name}/capture/messages", "/api/v1/listeners/types-tcp/capture/messages", None, 200),
    ("post", "/api/v1/runs", "/api/v1/runs?waitMs=60000", RUN, 200),
    ("get", "/api/v1/runs", "/api/v1/runs", None, 200),
    ("post", "/api/v1/configuration/apply", "/api/v1/configuration/apply", DEFINITIONS, 200),
    ("post", "/api/v1/listeners/{name}/stop", "/api/v1/listeners/types-udp/stop", None, 200),
    ("get", "/api/v1/listeners", "/api/v1/listeners", None, 200),
    ("get", "/api/v1/events", "/api/v1/events", None, 200),
    ("get", "/api/v1/configuration", "/api/v1/configuration", None, 200),
    ("get", "/api/v1/summary", "/api/v1/summary", None, 200),
    ("get", "/api/v1/runs/{id}", "/api/v1/runs/none", None, 404),
]


def install(directory):
    """The directory of the tools, or None if they cannot be installed."""
    npm = shutil.which("npm")
    if npm is None:
        print("skipped: npm is not installed")
        return None
    command = [npm, "install", "--prefix", directory, "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
        problem = done.stderr if done.returncode != 0 else None
    except subprocess.TimeoutExpired:
        problem = f"npm did not finish within {INSTALL_SECONDS} s"
    if problem is not None:
        print("skipped: could not install", ", ".join(PACKAGES))
        print(problem)
        return None
    return os.path.join(directory, "node_modules", ".bin")


def run(what, *command):
    quiet = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=quiet, timeout=COMMAND_SECONDS, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{what}:\n{done.stdout}")
    print("ok ", what, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def request(base, method, path, body=None):
    """The status and the body of a response."""
    data = None if body is None else json.dumps(body).encode()
    call = urllib.request.Request(base + path, data, {"Content-Type": "application/json"}, method=method.upper())
    try:
        with urllib.request.urlopen(call, timeout=COMMAND_SECONDS) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def await_ready(server, base, log):
    for _ in range(START_SECONDS * 4):
        try:
            if request(base, "get", "/actuator/health/readiness")[0] == 200:
                return
        except OSError:
            pass
        if server.poll() is not None:
            break
        time.sleep(0.25)
    with open(log, encoding="utf-8") as lines:
        sys.exit(f"Canyon did not start:\n{lines.read()}")


def record(jar, directory):
    """Yields (call, status, body) of each call to a server of its own."""
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    log_path = os.path.join(directory, "log")
    command = [
        java, "-jar", jar, f"--server.port={port}", "--canyon.default-listeners=false",
        f"--canyon.data-dir={os.path.join(directory, 'data')}",
    ]
    with open(log_path, "w", encoding="utf-8") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        await_ready(server, base, log_path)
        for call in CALLS:
            method, _, path, body, expected = call
            status, answer = request(base, method, path, body)
            if status != expected:
                sys.exit(f"{method} {path}: status {status}, not {expected}: {answer}")
            yield call, status, answer
    finally:
        server.terminate()
        server.wait(timeout=30)


def typed(recorded):
    """A TypeScript module with each response as a constant of the type of its call, and each body as one of the type of the request."""
    lines = ['import type { paths } from "./api";']
    for i, ((method, template, _, body, _), status, answer) in enumerate(recorded):
        operation = f'paths["{template}"]["{method}"]'
        kind = "application/json" if status < 400 else "application/problem+json"
        lines.append(f'export const response{i}: {operation}["responses"][{status}]["content"]["{kind}"] = {answer};')
        if body is not None:
            content = f'NonNullable<{operation}["requestBody"]>["content"]["application/json"]'
            lines.append(f"export const request{i}: {content} = {json.dumps(body)};")
    return "\n".join(lines) + "\n"


def main(jar):
    with tempfile.TemporaryDirectory() as directory:
        tools = install(directory)
        if tools is None:
            return
        run("rules of Redocly", os.path.join(tools, "redocly"), "lint", "--extends=recommended-strict", DOCUMENT)
        types = os.path.join(directory, "api.ts")
        # A field with a default is optional in a request; without the option it would be required.
        generator = [os.path.join(tools, "openapi-typescript"), "--default-non-nullable=false"]
        run("types generated", *generator, DOCUMENT, "-o", types)
        recorded = list(record(jar, directory))
        answers = os.path.join(directory, "answers.ts")
        with open(answers, "w", encoding="utf-8") as module:
            module.write(typed(recorded))
        run(f"{len(recorded)} responses fit the types", os.path.join(tools, "tsc"), "--strict", "--noEmit", types, answers)


if len(sys.argv) != 2:
    sys.exit("usage: openapi.py target/canyon-*.jar")
main(sys.argv[1])
