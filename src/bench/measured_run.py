"""Makes one measured run with Canyon and prints messages per second, p50 and p99 in microseconds, and lost messages.

    measured_run.py HTTP_PORT tcp|udp PORT CONNECTIONS BYTES IN_FLIGHT RATE SECONDS

RATE 0 is full speed. Exits with 1 if the run did not pass.
"""

import json
import sys
import urllib.request

http_port, protocol, port, connections, size, in_flight, rate, seconds = sys.argv[1:]
request = {
    "target": {"protocol": protocol, "host": "127.0.0.1", "port": int(port)},
    "connections": int(connections),
    "messageBytes": int(size),
    # The warm-up of echoload.
    "warmupMs": 1000,
    "durationMs": round(float(seconds) * 1000),
    # The loss timeout of echoload.
    "timeoutMs": 200 if protocol == "udp" else 2000,
    "thresholds": {"lossRatio": 0.01},
}
if float(rate):
    request["ratePerSecond"] = float(rate)
else:
    request["pipeline"] = int(in_flight)
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
answer = opener.open(
    urllib.request.Request(
        f"http://127.0.0.1:{http_port}/api/v1/runs?waitMs=60000",
        json.dumps(request).encode(),
        {"Content-Type": "application/json"},
    ),
    timeout=90,
)
run = json.load(answer)
if run["state"] != "completed" or run["verdict"] != "pass":
    sys.exit(f"the run did not pass: {json.dumps({**run, 'result': {**run['result'], 'histogram': None}})}")
result = run["result"]
print(f"{result['messagesPerSecond']:.0f} {result['latency']['p50Micros']} {result['latency']['p99Micros']} {result['lost']}")
