"""Tests the image "canyon", and exits with 1 at the first failure.

Usage: use_image.py NETNS PODMAN...

Runs in a network namespace of its own, in which all ports are free; NETNS is another namespace without IPv6. PODMAN is the command
that runs containers.
"""

import json
import re
import secrets
import shlex
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request

IPV4_ONLY, PODMAN = sys.argv[1], sys.argv[2:]
LIMITS = ["--ulimit", "nofile=8192:8192", "--ulimit", "nproc=4096:4096"]
START_SECONDS = 60
STOP_SECONDS = 20
ABSENT_FROM_LAYERS = re.compile(r"(^|/)(canyon\.db|admin-key|audit\.jsonl|canyon\.lock|train)([-.]|$)|^(data|tmp|root/\.m2)/.")
TRAINING_KEY = b"training-opens-nothing"


def check(holds, what, *details):
    if not holds:
        sys.exit("\n".join(["FAILED: " + what, *map(str, details)]))
    print("   ", what, flush=True)


def podman(*arguments, inside=()):
    return subprocess.run([*inside, *PODMAN, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def log(name):
    return podman("logs", name).stdout


def run(name, *options, inside=()):
    started = podman("run", "--detach", "--name", name, *LIMITS, *options, inside=inside)
    check(started.returncode == 0, f"{name} starts", started.stdout)
    return name


def remove(name):
    podman("rm", "--force", "--time", str(STOP_SECONDS), name)


def await_healthy(name, inside=()):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if podman("healthcheck", "run", name, inside=inside).returncode == 0:
            return check(True, f"{name} is healthy according to its health check")
        time.sleep(0.3)
    check(False, f"{name} becomes healthy", log(name))


def refuses_to_start(what, expected, *options):
    """Expects the container to exit, with all of these texts in its log."""
    name = "refused-" + what.split()[-1]
    run(name, *options)
    try:
        subprocess.run([*PODMAN, "wait", name], timeout=START_SECONDS, capture_output=True)
    except subprocess.TimeoutExpired:
        check(False, f"{what} stops the container", log(name))
    output = log(name)
    check(all(text in output for text in expected), f"{what} is reported with a remedy", output)
    remove(name)


def call(method, path, key=None, body=None, host="localhost"):
    """Returns the status code and the body of an API call to the published port."""
    request = urllib.request.Request("http://127.0.0.1:18080" + path, method=method)
    request.add_header("Host", host)
    if key:
        request.add_header("Authorization", "Bearer " + key)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def tcp_echo(host, port, payload=b"Hello karl"):
    with socket.create_connection((host, port), timeout=5) as client:
        client.sendall(payload)
        client.shutdown(socket.SHUT_WR)
        received = b""
        while chunk := client.recv(65536):
            received += chunk
        return received == payload


def udp_echo(host, port, payload=b"Hello karl"):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(5)
        client.sendto(payload, (host, port))
        return client.recv(65536) == payload


def has_metadata():
    config = json.loads(podman("image", "inspect", "canyon").stdout)[0]
    settings = config["Config"]
    check(settings["User"] == "10001:10001", "it runs as an unprivileged user", settings)
    check(settings["StopSignal"] == "SIGTERM" and settings.get("Volumes") == {"/data": {}}, "it has a volume", settings)
    check(settings["Labels"]["org.opencontainers.image.title"] == "Canyon", "it has labels", settings)
    check("healthcheck" in json.dumps(config.get("HealthCheck") or config.get("Healthcheck")), "it has a health check", config)


def contains_no_build_files():
    with tempfile.TemporaryDirectory(dir="/var/tmp") as directory:
        saved = podman("save", "--format", "docker-dir", "--output", directory + "/image", "canyon")
        check(saved.returncode == 0, "its layers can be exported", saved.stdout)
        with open(directory + "/image/manifest.json") as manifest:
            layers = [layer["digest"].split(":")[1] for layer in json.load(manifest)["layers"]]
        for layer in layers[1:]:  # the first is the base image
            with tarfile.open(f"{directory}/image/{layer}") as files:
                for member in files:
                    name = member.name.removeprefix("./")
                    if ABSENT_FROM_LAYERS.search(name):
                        check(False, "no layer contains files of the build or of the training run", name)
                    if name.endswith("canyon.aot") and TRAINING_KEY in files.extractfile(member).read():
                        check(False, "the AOT cache does not contain the training key", name)
    check(True, "no layer contains files of the build or of the training run")


def uses_the_aot_cache():
    # With AOTMode=on, the JVM does not start if it cannot use the cache.
    started = podman("run", "--rm", *LIMITS, "--entrypoint", "java", "canyon", "@/app/jvm.options", "-XX:AOTMode=on",
                     "-XX:AOTCache=/app/canyon.aot", "-jar", "/app/application.jar", "version")
    check(started.returncode == 0, "the JVM accepts the AOT cache", started.stdout)


def follows_the_readme():
    """Runs the Docker commands of the README with podman; the build has been done before."""
    with open("README.md") as readme:
        commands = re.search(r"^docker build -t canyon \.\n(.*?)^```", readme.read(), re.DOTALL | re.MULTILINE).group(1)
    docker = f'docker() {{ shift; {shlex.join(PODMAN)} run {shlex.join(LIMITS)} "$@"; }}'
    followed = subprocess.run(["bash", "-euc", f"{docker}\n{commands}"], timeout=2 * START_SECONDS,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    check(followed.returncode == 0 and "pass" in followed.stdout, "the commands of the README lead to an echo from another container", followed.stdout)
    remove("canyon")
    podman("volume", "rm", "canyon-data")


def serves_hardened():
    """Read-only, without capabilities, as any user, with a noexec /tmp; published ports; the same volume twice."""
    user = str(20_000 + secrets.randbelow(1_000_000))
    options = ["--read-only", "--read-only-tmpfs=false", "--tmpfs", "/tmp:rw,noexec,nosuid,size=8m", "--cap-drop=ALL",
               "--security-opt", "no-new-privileges", "--user", f"{user}:{user}", "--memory", "384m",
               "--volume", "canyon-data:/data", "--publish", "127.0.0.1:18080:8080",
               "--publish", "7000-7009:7000-7009", "--publish", "7000-7009:7000-7009/udp",
               "--env", "CANYON_LIMITS_PORTS=7000-7009", "--env", "CANYON_SECURITY_ALLOWED_HOSTS=canyon", "canyon"]
    run("first", *options)
    await_healthy("first")
    found = re.search(r"canyon_[A-Za-z0-9_-]{43}", log("first"))
    check(found, "the first start prints a key to the log", log("first"))
    key = found.group()
    check(call("GET", "/api/v1/listeners")[0] == 401, "without a key, access is rejected")
    check(call("GET", "/api/v1/listeners", key)[0] == 200, "the key grants access to the published API")
    check(call("GET", "/api/v1/listeners", key, host="canyon:8080")[0] == 200, "an allowed host name is accepted")
    check(call("GET", "/api/v1/listeners", key, host="other:8080")[0] == 400, "another host name is rejected")
    check('"transport":"epoll"' in call("GET", "/api/v1/listeners/echo-tcp", key)[1], "the native transport works although /tmp is noexec")
    for protocol in "tcp", "udp":
        created = call("POST", "/api/v1/listeners", key, {"name": "edge-" + protocol, "protocol": protocol, "port": 7001})
        check(created[0] == 201, f"a {protocol} listener can be created", created)
    check(tcp_echo("127.0.0.1", 7001, secrets.token_bytes(200_000)), "TCP echo on the published port")
    check(udp_echo("127.0.0.1", 7001, secrets.token_bytes(1400)), "UDP echo on the published port")
    refused = call("POST", "/api/v1/listeners", key, {"name": "beyond", "protocol": "tcp", "port": 7010})
    check(refused[0] == 403 and "canyon.limits.ports" in refused[1], "a port that is not published is rejected", refused)
    address = podman("inspect", "first", "--format", "{{.NetworkSettings.IPAddress}}").stdout.strip()
    sent = podman("run", "--rm", *LIMITS, "canyon", "send", f"tcp://{address}:7007", "--text", "Hello karl")
    check(sent.returncode == 0, "another container gets an echo", sent.stdout)
    sent = podman("run", "--rm", "--network", "container:first", *LIMITS, "canyon", "send", "tcp://localhost:7007",
                  "--text", "Hello karl")
    check(sent.returncode == 0, "a container in the same network gets an echo", sent.stdout)

    began = time.monotonic()
    podman("kill", "--signal", "TERM", "first")
    podman("wait", "first")
    took = time.monotonic() - began
    status = podman("inspect", "first", "--format", "{{.State.ExitCode}}").stdout.strip()
    check(took < STOP_SECONDS and status in ("0", "143"), f"SIGTERM stops it ({took:.1f} s, status {status})", log("first"))
    podman("rm", "first")

    run("second", *options)
    await_healthy("second")
    check(call("GET", "/api/v1/listeners/edge-udp", key)[0] == 200, "with the same volume, key and listeners are restored")
    check(tcp_echo("127.0.0.1", 7001) and udp_echo("127.0.0.1", 7001), "the restored listeners echo")
    check("canyon_" not in log("second"), "the key is not printed again")
    remove("second")


def serves_on_the_host_network():
    """Without any options, on a host without IPv6."""
    inside = ["nsenter", f"--net={IPV4_ONLY}"]
    run("host", "--network", "host", "canyon", inside=inside)
    await_healthy("host", inside=inside)
    for protocol in "tcp", "udp":
        sent = podman("run", "--rm", "--network", "host", *LIMITS, "canyon", "send", f"{protocol}://127.0.0.1:7007",
                      "--text", "Hello karl", inside=inside)
        check(sent.returncode == 0, f"{protocol} echo with --network host, without IPv6", sent.stdout)
    remove("host")


def explains_startup_failures():
    refuses_to_start("a volume that is read-only", ["The data directory /data cannot be written", "canyon.data-dir"],
                     "--tmpfs", "/data:ro", "canyon")
    refuses_to_start("a volume that is full", ["disk is neither full"], "--tmpfs", "/data:rw,size=4k,mode=1777", "canyon")
    refuses_to_start("no writable directory", ["--tmpfs /tmp"], "--read-only", "--read-only-tmpfs=false", "canyon")
    refuses_to_start("a property misspelt", ["CANYON_LIMITS_PROTS", "canyon.limits.ports"],
                     "--env", "CANYON_LIMITS_PROTS=7000-7009", "canyon")


has_metadata()
contains_no_build_files()
uses_the_aot_cache()
follows_the_readme()
serves_hardened()
serves_on_the_host_network()
explains_startup_failures()
