"""Measures the cost of an open dashboard: the echo rate with and without it, alternately, and the browser's processor time.

    dashboard.py API_PORT ECHO_PORT ECHOLOAD LISTENERS ROUNDS SECONDS WARM_UP

Canyon must be running, with one TCP listener on ECHO_PORT. UDP listeners are added until there are LISTENERS, and each of them
receives a datagram every second, so that every number and chart of the page changes. Prints two lines, each with median, min and
max: the ratio of the rates with and without the page, and the browser's share of one processor. Exits with 1 if the page did not
read the listeners, or a run failed. BROWSER is the Chromium to use (default chromium).
"""

import http.client
import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

BROWSER = os.environ.get("BROWSER", "chromium")
OPTIONS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--window-size=1440,900"]
TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS, BYTES = "50", "64"


class Canyon:
    def __init__(self, port):
        self.port = port

    def call(self, method, path, body=None):
        api = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        api.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
        answer = api.getresponse()
        read = answer.read()
        api.close()
        if answer.status != 200:
            sys.exit(f"dashboard: {method} {path}: {answer.status} {read.decode()}")
        return json.loads(read)

    def add_listeners(self, count):
        """Returns their ports."""
        listeners = [{"name": f"bench-{i:04}", "protocol": "udp", "host": "127.0.0.1", "port": 0} for i in range(count)]
        self.call("POST", "/api/v1/configuration/apply", {"version": 1, "listeners": listeners})
        views = self.call("GET", "/api/v1/listeners?limit=1000&protocol=udp")["items"]
        return [view["status"]["port"] for view in views]

    def readings(self):
        """The number of requests for the listeners so far, including this one."""
        self.call("GET", "/api/v1/listeners?limit=1")
        metric = self.call("GET", "/actuator/metrics/http.server.requests?tag=uri:/api/v1/listeners&tag=method:GET")
        return next(int(each["value"]) for each in metric["measurements"] if each["statistic"] == "COUNT")


class Page:
    """The overview in a browser with a separate profile, which identifies its processes."""

    def __init__(self, canyon):
        self.profile = tempfile.mkdtemp(prefix="canyon-dashboard-")
        before = canyon.readings()
        self.browser = subprocess.Popen(
            [BROWSER, *OPTIONS, f"--user-data-dir={self.profile}", f"http://127.0.0.1:{canyon.port}/"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Startup is not measured: the second request of the page follows a complete rendering.
        for asked in itertools.count(1):
            time.sleep(0.5)
            if canyon.readings() - before - asked >= 3:
                return
            if asked > 60:
                self.close()
                sys.exit("dashboard: the page does not read the listeners")

    def processor_seconds(self):
        """The processor time of all processes with the profile in their command line, and of their children."""
        parents, spent, ours = {}, {}, set()
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{process}/stat") as stat:
                    fields = stat.read().rsplit(")", 1)[1].split()
                with open(f"/proc/{process}/cmdline") as line:
                    if self.profile in line.read():
                        ours.add(process)
            except OSError:
                continue  # The process has exited.
            parents[process], spent[process] = fields[1], int(fields[11]) + int(fields[12])
        while children := {process for process, parent in parents.items() if parent in ours} - ours:
            ours |= children
        return sum(spent.get(process, 0) for process in ours) / TICKS

    def close(self):
        self.browser.terminate()
        self.browser.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


def send_to_all(ports):
    """Sends a datagram to each port every second, evenly distributed, until the program ends."""
    client = socket.socket(type=socket.SOCK_DGRAM)
    client.setblocking(False)
    due = time.monotonic()
    for port in itertools.cycle(ports):
        client.sendto(b"Hello karl", ("127.0.0.1", port))
        try:
            client.recv(100)
        except BlockingIOError:
            pass
        due += 1 / len(ports)
        time.sleep(max(0, due - time.monotonic()))


def rate(echoload, port, seconds, warm_up):
    answer = subprocess.run([echoload, "tcp", "127.0.0.1", port, "-c", CONNECTIONS, "-s", BYTES, "-t", seconds, "-w", warm_up],
                            check=True, capture_output=True, text=True).stdout
    return json.loads(answer)["msgs_per_s"]


def figures(values):
    return f"{statistics.median(values):.2f} {min(values):.2f} {max(values):.2f}"


def main(api_port, echo_port, echoload, listeners, rounds, seconds, warm_up):
    canyon = Canyon(int(api_port))
    ports = canyon.add_listeners(int(listeners) - 1)
    threading.Thread(target=send_to_all, args=(ports,), daemon=True).start()
    ratios, shares = [], []
    for number in range(int(rounds) + 1):
        without = rate(echoload, echo_port, seconds, warm_up)
        page = Page(canyon)
        try:
            spent, begun, readings = page.processor_seconds(), time.monotonic(), canyon.readings()
            with_page = rate(echoload, echo_port, seconds, warm_up)
            share = (page.processor_seconds() - spent) / (time.monotonic() - begun)
            if canyon.readings() - readings < 2:
                sys.exit("dashboard: the page did not read the listeners during the run")
        finally:
            page.close()
        if number > 0:  # The first pair is a warm-up for the JVM.
            ratios.append(with_page / without)
            shares.append(share)
            print(f"  {without}/s without, {with_page}/s with; browser {share:.0%} of a processor", file=sys.stderr)
    print(figures(ratios))
    print(figures(shares))


main(*sys.argv[1:])
