"""Shared functions of the Python benchmarks: finding, starting, querying and stopping Canyon."""

import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent.parent
STOP_SECONDS = 30
SERVER_CPU, LOAD_CPU = os.environ.get("SERVER_CPU", "0"), os.environ.get("LOAD_CPU", "1")

# The default listeners, but on free ports, because port 7007 may be in use.
DEFAULT_LISTENERS_ON_FREE_PORTS = [
    f"--canyon.listeners[{index}].{setting}"
    for index, protocol in enumerate(("tcp", "udp"))
    for setting in (f"name=echo-{protocol}", f"protocol={protocol}", "port=0")
]


def say(text):
    print(text, file=sys.stderr, flush=True)


def java():
    found = shutil.which(os.environ.get("JAVA", "java"))
    if not found:
        sys.exit(f"{os.environ.get('JAVA', 'java')} not found")
    return os.path.realpath(found)


def newest_jar():
    jars = sorted((ROOT / "target").glob("canyon-*.jar"), key=lambda jar: jar.stat().st_mtime)
    if not jars:
        sys.exit("no jar: build Canyon with ./mvnw package, or specify a jar with -j")
    return jars[-1]


def boot_version():
    parent = re.search(r"<parent>.*?<version>(.*?)</version>", (ROOT / "pom.xml").read_text(), re.DOTALL)
    return parent.group(1)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def is_ready(port):
    """Whether the readiness probe returns 200 on a new connection."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return connection.recv(64).split(b" ")[1:2] == [b"200"]
    except OSError:
        return False


def stop(process):
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class RunFailed(Exception):
    """Messages were lost or wrong."""


class Server:
    """Canyon with a TCP and a UDP listener."""

    def __init__(self, jar, data, native):
        self.native = native
        self.port = free_port()
        self.process = subprocess.Popen(
            ["taskset", "-c", SERVER_CPU, java(), "-jar", jar, f"--server.port={self.port}",
             f"--canyon.data-dir={data}", *DEFAULT_LISTENERS_ON_FREE_PORTS],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not is_ready(self.port):
            if self.process.poll() is not None:
                sys.exit("Canyon has exited")
            time.sleep(0.2)
        self.ports = {protocol: self.call("GET", f"listeners/echo-{protocol}")["status"]["port"]
                      for protocol in ("tcp", "udp")}

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/{path}", method=method, data=body and json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def load(self, protocol, *options):
        return self.load_at(protocol, self.ports[protocol], *options)

    def load_at(self, protocol, port, *options):
        run = subprocess.run(
            ["taskset", "-c", LOAD_CPU, f"{self.native}/echoload", protocol, "127.0.0.1", str(port), *map(str, options)],
            capture_output=True, text=True)
        if run.returncode:
            raise RunFailed(f"{run.stdout}{run.stderr}")
        return json.loads(run.stdout)

    def rates(self, protocol, *options):
        """Messages per second, and per second of processor time, which other load on the machine influences less."""
        before = self.cpu_seconds()
        rate = self.load(protocol, *options)["msgs_per_s"]
        return rate, rate / (self.cpu_seconds() - before)

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Image:
    """The contents of the container image in a local directory: extracted jar, native libraries, JVM options, AOT cache."""

    def __init__(self, jar, home):
        say("creating the layout of the image")
        self.home = home
        subprocess.run([java(), "-Djarmode=tools", "-jar", jar, "extract", "--destination", home], check=True,
                       stdout=subprocess.DEVNULL)
        (home / jar.name).rename(home / "application.jar")
        self._unpack_natives(home / "native")
        for name in ("jvm.options", "train"):
            (home / name).write_text((ROOT / "deploy" / "image" / name).read_text().replace("/app/", f"{home}/"))
        environment = {**os.environ, "PATH": os.path.dirname(java()) + os.pathsep + os.environ["PATH"]}
        subprocess.run(["bash", "train"], cwd=home, env=environment, check=True, stdout=sys.stderr)

    def _unpack_natives(self, native):
        native.mkdir()
        wanted = re.compile(rf"META-INF/native/[^/]*\.so|org/sqlite/native/Linux/{platform.machine()}/[^/]*\.so")
        libraries = self.home / "lib"
        for jar in [*libraries.glob("netty-transport-native-*-linux-*.jar"), *libraries.glob("sqlite-jdbc-*.jar")]:
            with zipfile.ZipFile(jar) as archive:
                for name in filter(wanted.fullmatch, archive.namelist()):
                    (native / os.path.basename(name)).write_bytes(archive.read(name))

    def command(self, cached=True):
        cache = [f"-XX:AOTCache={self.home}/canyon.aot"] if cached else []
        return [java(), f"@{self.home}/jvm.options", *cache, "-jar", f"{self.home}/application.jar"]


def cpu_model():
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found.group(1) if found else platform.machine()


def jvm():
    said = subprocess.run([java(), "-XshowSettings:properties", "-version"], capture_output=True, text=True).stderr
    return " ".join(re.search(rf"{name} = (.*)", said).group(1) for name in ("java.runtime.name", "java.runtime.version"))


def commit():
    described = subprocess.run(
        ["git", "-C", ROOT, "--no-optional-locks", "describe", "--always", "--dirty"], capture_output=True, text=True
    )
    return described.stdout.strip() or "unknown"


def report_machine():
    print("| date | kernel | CPU | CPUs | JVM | commit |")
    print("| --- | --- | --- | --- | --- | --- |")
    date = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    cells = [date, f"{platform.system()} {platform.release()}", cpu_model(), os.cpu_count(), jvm(), commit()]
    print("| " + " | ".join(map(str, cells)) + " |")
