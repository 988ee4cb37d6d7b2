"""Puts HAProxy in front of a TCP listener, with the health check of docs/operations.md, and exits with 1 if it does not work.

Usage: load_balancer.py JAR

Everything runs on free loopback ports. Exits with 0 if HAProxy is not installed, and says so.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

CONFIGURATION = """
global
    stats socket {directory}/admin.sock

defaults
    mode tcp
    timeout connect 5s
    timeout client 10s
    timeout server 10s

frontend clients
    bind 127.0.0.1:{front}
    default_backend canyon

backend canyon
    option httpchk GET /actuator/health/readiness
    server a 127.0.0.1:{echo} check port {api} inter 250ms fall 1 rise 1
"""
WAIT_SECONDS = 60


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def status(directory):
    """The status of the server and the result of its last check, as HAProxy reports them."""
    with socket.socket(socket.AF_UNIX) as admin:
        admin.connect(os.path.join(directory, "admin.sock"))
        admin.sendall(b"show stat\n")
        header, *rows = read_all(admin).decode().lstrip("# ").splitlines()
    fields = header.split(",")
    for row in rows:
        values = dict(zip(fields, row.split(",")))
        if (values.get("pxname"), values.get("svname")) == ("canyon", "a"):
            return values["status"], values["check_status"], values["check_code"]
    sys.exit("HAProxy does not list the server")


def read_all(connection):
    data = b""
    while chunk := connection.recv(65536):
        data += chunk
    return data


def await_status(expected, directory, log):
    end = time.monotonic() + WAIT_SECONDS
    seen = None
    while time.monotonic() < end:
        try:
            seen = status(directory)
        except (FileNotFoundError, ConnectionRefusedError):
            seen = "HAProxy is starting"
        if seen == expected:
            return print("   ", "HAProxy reports", *expected, flush=True)
        time.sleep(0.1)
    with open(log, encoding="utf-8") as lines:
        sys.exit(f"expected {expected}, but HAProxy reports {seen}\n{lines.read()}")


def echo(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"Hello karl")
        client.shutdown(socket.SHUT_WR)
        return read_all(client)


def main(jar, haproxy):
    front, echo_port, api = free_ports(3)
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    with tempfile.TemporaryDirectory() as directory:
        configuration = os.path.join(directory, "haproxy.cfg")
        with open(configuration, "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(directory=directory, front=front, echo=echo_port, api=api))
        log = os.path.join(directory, "log")
        with open(log, "w", encoding="utf-8") as output:
            started = [subprocess.Popen([haproxy, "-db", "-f", configuration], stdout=output, stderr=output)]
            try:
                await_status(("DOWN", "L4CON", ""), directory, log)
                canyon = subprocess.Popen(
                    [
                        java, "-jar", os.path.abspath(jar),
                        f"--server.port={api}",
                        "--canyon.data-dir=data",
                        "--canyon.listeners[0].name=balanced",
                        "--canyon.listeners[0].protocol=tcp",
                        f"--canyon.listeners[0].port={echo_port}",
                    ],
                    cwd=directory, stdout=output, stderr=output,
                )  # fmt: skip
                started.append(canyon)
                await_status(("UP", "L7OK", "200"), directory, log)
                if echo(front) != b"Hello karl":
                    sys.exit("no echo through HAProxy")
                print("    a client receives its echo through HAProxy", flush=True)
                canyon.terminate()
                await_status(("DOWN", "L4CON", ""), directory, log)
            finally:
                for process in started:
                    process.terminate()
                    process.wait(timeout=30)


if len(sys.argv) != 2:
    sys.exit("usage: load_balancer.py JAR")
installed = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")
if installed is None:
    print("== load balancer: skipped: haproxy is not installed")
else:
    main(sys.argv[1], installed)
