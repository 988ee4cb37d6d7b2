#!/usr/bin/env bash
#
# Compares Canyon with echolimit, a minimal echo server for Linux.
#
#   bench.sh [options] [WORKLOAD | hold | listeners | runs | dashboard | faults]
#
#   WORKLOAD   PROTOCOL-CONNECTIONSxBYTESxINFLIGHT, such as tcp-50x64x16; default: six workloads
#   hold       process memory per idle TCP connection
#   runs       Canyon's measured runs compared with echoload, both against echolimit: rate and latency
#   listeners  time to create listeners through the API, one by one and as one document, and to reopen them at startup
#   dashboard  echo rate with and without an open dashboard, and processor time of the browser (BROWSER, default chromium)
#   faults     echo rate with and without a fault in force, and accuracy of delays and rates
#
#   -b JAR     compare the workloads with another build of Canyon instead of echolimit
#   -j JAR     Canyon's jar (default: the newest target/canyon-*.jar)
#   -n ROUNDS  pairs of runs per workload (default 7)
#   -r RATE    messages per second in the fixed-rate part of "runs" (default 5000)
#   -t SECONDS duration of each measurement (default 3)
#   -w SECONDS warm-up before each measurement (default 1)
#   -u SECONDS unmeasured load on Canyon before the first round (default 10)
#   -c COUNT   connections to hold, or listeners to create (default 10000; at most 1000 for dashboard)
#   -h         show this help
#
# Environment: JAVA (default java), OUT (output directory of the C programs, default target/bench),
# SERVER_CPU and LOAD_CPU (default 0 and 1). The report is written to standard output as Markdown, everything
# else to standard error. Exits with 1 if a run failed; such a run is not counted.
set -euo pipefail
export LC_ALL=C # decimal points, independent of the locale of the user

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$(realpath -m "${OUT:-$root/target/bench}")
server_cpu=${SERVER_CPU:-0}
load_cpu=${LOAD_CPU:-1}
run_workloads=(tcp-50x64x1 tcp-50x64x16 tcp-8x16384x4 udp-16x64x1 udp-16x1400x16)
default_workloads=(tcp-50x64x1 tcp-50x64x16 tcp-8x16384x4 tcp-1000x64x1 udp-16x64x1 udp-16x1400x16)
hold_seconds=15
spare_files=1000 # other open files of a JVM, rounded up
rounds=7 seconds=3 warmup=1 uncounted=10 count=10000 rate_fixed=5000
jar='' baseline='' yardstick=echolimit work='' failed_runs=0

say() { printf '%s\n' "$*" >&2; }

die() {
  say "bench: $*"
  exit 1
}

usage() { sed -n '3,/^set /{/^set /!s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }

# --- Child processes ---

# Uses the job list of the shell: it does not contain processes that have exited, whose ID may have been reused.
running_jobs() { jobs -pr; }

# shellcheck disable=SC2046  # one word per process ID is intended
stop_all() {
  local status=$?
  trap - EXIT INT TERM HUP
  kill $(running_jobs) 2>/dev/null || true
  for _ in {1..150}; do
    [[ -n $(running_jobs) ]] || break
    sleep 0.2
  done
  kill -KILL $(running_jobs) 2>/dev/null || true
  rm -rf -- "$work"
  exit "$status"
}

install_traps() {
  trap stop_all EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# In the background, because a signal interrupts wait immediately, but not a foreground command.
run_client() {
  taskset -c "$load_cpu" "$@" >"$work/answer" &
  wait $!
}

wait_until_ready() { # NAME PID CHECK...
  local name=$1 pid=$2
  shift 2
  for _ in {1..300}; do
    if "$@"; then return; fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 40 "$work/$name.log" >&2
  die "$name did not become ready"
}

# In any state and for both protocols: the kernel lists ports as four hexadecimal digits.
port_taken() { grep -qsi ":$(printf '%04X' "$1") " /proc/net/{tcp,tcp6,udp,udp6}; }

free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 10000)) # below the ephemeral port range
    if ! port_taken "$port"; then
      echo "$port"
      return
    fi
  done
  die "no free port between 20000 and 29999"
}

# --- The two servers ---

newest_jar() {
  local candidate newest=''
  for candidate in "$root"/target/canyon-*.jar; do
    if [[ $candidate -nt $newest ]]; then newest=$candidate; fi
  done
  echo "$newest"
}

api() { # PATH [curl option...]
  local path=$1
  shift
  curl --silent --noproxy '*' --max-time 60 "$@" "http://127.0.0.1:$http_port$path"
}

canyon_ready() { api /actuator/health/readiness --fail --output /dev/null; }

start_canyon() { # [more options]
  http_port=$(free_port)
  (cd "$work" && exec taskset -c "$server_cpu" "$java" -jar "$jar" \
    --server.address=127.0.0.1 --server.port="$http_port" --canyon.default-listeners=false "$@") >"$work/canyon.log" 2>&1 &
  canyon_pid=$!
  wait_until_ready canyon "$canyon_pid" canyon_ready
}

# The other build runs beside the first, on the same processor: one of them is always idle.
start_baseline() {
  local jar=$baseline http_port canyon_pid
  start_canyon --canyon.data-dir=baseline
  baseline_http_port=$http_port
}

create_listener() { # NAME PROTOCOL [more JSON]; prints the bound port
  local body answer port
  body="{\"name\":\"$1\",\"protocol\":\"$2\",\"host\":\"127.0.0.1\",\"port\":0${3:+,$3}}"
  answer=$(api /api/v1/listeners --header 'Content-Type: application/json' --data "$body") || die "no response from Canyon"
  # The first port is the requested 0, the one in "status" is bound.
  port=$(tr -d '\n' <<<"$answer" | sed -n 's/.*"status" *: *{[^{}]*"port" *: *\([0-9]\{1,\}\).*/\1/p')
  [[ -n $port ]] || die "the listener is not running: $answer"
  echo "$port"
}

start_limit() { # PROTOCOL
  if [[ -n $baseline ]]; then
    limit_port=$(http_port=$baseline_http_port create_listener "limit-$RANDOM" "$1")
    return
  fi
  limit_port=$(free_port)
  taskset -c "$server_cpu" "$out/echolimit" "$1" "$limit_port" >"$work/echolimit.log" 2>&1 &
  limit_pid=$!
  wait_until_ready echolimit "$limit_pid" port_taken "$limit_port"
}

stop_limit() {
  if [[ -n $baseline ]]; then return; fi
  kill "$limit_pid" || die "echolimit has exited"
  wait "$limit_pid" || true
}

# --- Workloads: Canyon and echolimit alternately ---

read_workload() { # NAME
  [[ $1 =~ ^(tcp|udp)-([0-9]+)x([0-9]+)x([0-9]+)$ ]] || die "unknown workload: $1 (try -h)"
  protocol=${BASH_REMATCH[1]} connections=${BASH_REMATCH[2]} bytes=${BASH_REMATCH[3]} in_flight=${BASH_REMATCH[4]}
}

answered() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$work/answer"; } # FIELD

# Sets $rate (messages per second) and $lost (datagrams); $rate is empty if the run failed.
run_load() { # SERVER PORT SECONDS
  rate='' lost=''
  if run_client "$out/echoload" "$protocol" 127.0.0.1 "$2" -c "$connections" -s "$bytes" -d "$in_flight" \
    -t "$3" -w "$warmup"; then
    rate=$(answered msgs_per_s)
    lost=$(answered lost)
  else
    failed_runs=$((failed_runs + 1))
    say "  failed on $1: $(cat "$work/answer")"
  fi
}

run_pair() {
  local canyon_rate canyon_lost
  run_load Canyon "$canyon_port" "$seconds"
  canyon_rate=$rate canyon_lost=$lost
  run_load "$yardstick" "$limit_port" "$seconds"
  if [[ -n $canyon_rate && -n $rate ]]; then
    echo "$canyon_rate $rate $canyon_lost $lost" >>"$work/pairs"
    say "  Canyon $canyon_rate/s, $yardstick $rate/s"
  fi
}

measure_workload() { # NAME
  read_workload "$1"
  say "$1: $connections $protocol clients, $bytes bytes, $in_flight in flight each"
  canyon_port=$(create_listener "$1" "$protocol")
  start_limit "$protocol"
  : >"$work/pairs"
  run_load Canyon "$canyon_port" "$uncounted"
  if [[ -n $baseline ]]; then run_load "$yardstick" "$limit_port" "$uncounted"; fi
  for ((round = 0; round < rounds; round++)); do run_pair; done
  stop_limit
  workload_row "$1" >>"$work/rows"
  tail -n 1 "$work/rows" >&2
}

median() { sort -g | awk '{v[NR] = $1} END {printf "%.4f\n", (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2}'; }

workload_row() { # NAME
  local pairs=$work/pairs ratios=$work/ratios
  if [[ ! -s $pairs ]]; then
    echo "| $1 | - | - | - | - | - | - | 0 of $rounds |"
    return
  fi
  awk '{printf "%.4f\n", $1 / $2}' "$pairs" | sort -g >"$ratios"
  printf '| %s | %.2f | %.2f | %.2f | %.0f | %.0f | %s | %d of %d |\n' "$1" \
    "$(median <"$ratios")" "$(head -n 1 "$ratios")" "$(tail -n 1 "$ratios")" \
    "$(cut -d ' ' -f 1 "$pairs" | median)" "$(cut -d ' ' -f 2 "$pairs" | median)" \
    "$(awk '{canyon += $3; limit += $4} END {printf "%d / %d", canyon, limit}' "$pairs")" "$(wc -l <"$pairs")" "$rounds"
}

measure_workloads() { # NAME...
  local name
  for name; do read_workload "$name"; done
  start_canyon
  if [[ -n $baseline ]]; then
    yardstick=baseline
    start_baseline
  fi
  for name; do measure_workload "$name"; done
  report_machine
  echo
  echo "| workload | ratio, median | min | max | Canyon, messages/s | $yardstick, messages/s | lost, Canyon / $yardstick | valid pairs |"
  echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
  cat "$work/rows"
  [[ $failed_runs -eq 0 ]] || die "$failed_runs runs failed"
}

# --- Measured runs compared with echoload, against echolimit ---

# Each sets $figures to "RATE P50 P99 LOST", or to an empty string if it failed.
run_canyon() { # RATE SECONDS
  figures=''
  if run_client python3 "$here/measured_run.py" "$http_port" "$protocol" "$limit_port" "$connections" "$bytes" "$in_flight" "$@"; then
    figures=$(cat "$work/answer")
  else
    failed_runs=$((failed_runs + 1))
  fi
}

run_echoload() { # RATE SECONDS
  local depth=(-d "$in_flight")
  figures=''
  if [[ $1 != 0 ]]; then depth=(-r "$1"); fi
  if run_client "$out/echoload" "$protocol" 127.0.0.1 "$limit_port" -c "$connections" -s "$bytes" "${depth[@]}" \
    -t "$2" -w "$warmup"; then
    figures="$(answered msgs_per_s) $(sed -n 's/.*"p50_us":\([0-9.]*\),"p99_us":\([0-9.]*\).*/\1 \2/p' "$work/answer") $(answered lost)"
  else
    failed_runs=$((failed_runs + 1))
    say "  failed: $(cat "$work/answer")"
  fi
}

measure_run() { # WORKLOAD RATE
  local canyon
  read_workload "$1"
  say "$1 at ${2/#0/full speed}"
  start_limit "$protocol"
  : >"$work/pairs"
  run_canyon "$2" "$uncounted"
  for ((round = 0; round < rounds; round++)); do
    run_canyon "$2" "$seconds"
    canyon=$figures
    run_echoload "$2" "$seconds"
    if [[ -n $canyon && -n $figures ]]; then
      echo "$canyon $figures" >>"$work/pairs"
      say "  Canyon $canyon, echoload $figures (messages/s, p50, p99, lost)"
    fi
  done
  stop_limit
  run_row "$1" "$2" >>"$work/rows"
  tail -n 1 "$work/rows" >&2
}

median_ratio() { awk -v a="$1" -v b="$2" '{printf "%.4f\n", $a / $b}' "$work/pairs" | median; }

run_row() { # WORKLOAD RATE
  printf '| %s | %s | %.2f | %.2f | %.2f | %s | %d of %d |\n' "$1" "${2/#0/full speed}" \
    "$(median_ratio 1 5)" "$(median_ratio 2 6)" "$(median_ratio 3 7)" \
    "$(awk '{canyon += $4; load += $8} END {printf "%d / %d", canyon, load}' "$work/pairs")" "$(wc -l <"$work/pairs")" "$rounds"
}

measure_runs() {
  local name
  server_cpu=$load_cpu start_canyon --canyon.targets.allowed=127.0.0.0/8
  for name in "${run_workloads[@]}"; do measure_run "$name" 0; done
  for name in tcp-10x64x1 udp-10x64x1; do measure_run "$name" "$rate_fixed"; done
  report_machine
  echo
  echo "| workload | rate | messages/s, Canyon / echoload | p50, Canyon / echoload | p99, Canyon / echoload | lost | valid pairs |"
  echo "| --- | --- | --- | --- | --- | --- | --- |"
  cat "$work/rows"
  [[ $failed_runs -eq 0 ]] || die "$failed_runs runs failed"
}

# --- Memory and API ---

require_files() { # NUMBER per process
  local limit
  limit=$(ulimit -Hn) # the JVM and echoload raise their soft limit to the hard limit
  [[ $limit == unlimited || $limit -ge $1 ]] ||
    die "one process needs $1 file descriptors, but the hard limit is $limit: raise it (ulimit -Hn), or reduce -c"
}

can_collect_garbage() { [[ -x ${java%/*}/jcmd ]]; }

settled_rss() { # in KiB
  if can_collect_garbage; then "${java%/*}/jcmd" "$canyon_pid" GC.run >/dev/null; fi
  sleep 1
  awk '/^VmRSS:/ {print $2}' "/proc/$canyon_pid/status"
}

holding() { grep -qs '"held"' "$work/answer"; }

measure_hold() {
  local port holder before held
  require_files $((count + spare_files))
  start_canyon
  port=$(create_listener bench-hold tcp '"tcp":{"maxConnections":0}')
  # The first connections load classes and allocate buffers that all later ones share.
  run_client "$out/echoload" hold 127.0.0.1 "$port" -c 100 -t 0 || die "a connection failed: $(cat "$work/answer")"
  before=$(settled_rss)
  : >"$work/answer"
  taskset -c "$load_cpu" "$out/echoload" hold 127.0.0.1 "$port" -c "$count" -t "$hold_seconds" \
    >"$work/answer" 2>"$work/echoload.log" &
  holder=$!
  wait_until_ready echoload "$holder" holding
  held=$(settled_rss)
  [[ $(wc -l <"$work/answer") -eq 1 ]] || die "the connections were closed before the memory was read"
  wait "$holder" || die "not every connection was held: $(cat "$work/answer")"
  report_machine
  echo
  echo "| idle TCP connections | RSS before, KiB | RSS while held, KiB | KiB per connection | garbage collection before each reading |"
  echo "| --- | --- | --- | --- | --- |"
  printf '| %d | %d | %d | %.2f | %s |\n' "$count" "$before" "$held" \
    "$(awk -v grown=$((held - before)) -v count="$count" 'BEGIN {print grown / count}')" \
    "$(can_collect_garbage && echo yes || echo 'no: jcmd not found next to java')"
}

measure_listeners() {
  local total first last document reopened
  require_files $((count + spare_files))
  # On both processors: this measures the time that users wait.
  server_cpu="$server_cpu,$load_cpu" start_canyon
  run_client python3 "$here/many_listeners.py" "$http_port" "$count" || die "not every listener was created"
  read -r total first last document <"$work/answer"
  kill -KILL "$canyon_pid"
  wait "$canyon_pid" || true
  server_cpu="$server_cpu,$load_cpu" start_canyon
  reopened=$(sed -n "s/.* $count listeners open, 0 failed.* after \([0-9]*\) ms.*/\1/p" "$work/canyon.log")
  [[ -n $reopened ]] || die "not every listener was reopened: $(grep 'listeners open' "$work/canyon.log")"
  report_machine
  echo
  echo "| listeners | one by one, s | first tenth, s | last tenth, s | as one document, s | reopened at startup, after kill -9, s |"
  echo "| --- | --- | --- | --- | --- | --- |"
  printf '| %d | %.1f | %.2f | %.2f | %.1f | %.1f |\n' "$count" "$total" "$first" "$last" "$document" \
    "$(awk -v ms="$reopened" 'BEGIN {print ms / 1000}')"
}

# --- The dashboard ---

measure_dashboard() {
  local shown=$((count < 1000 ? count : 1000)) port ratio share
  start_canyon
  port=$(create_listener bench-dashboard tcp)
  run_client python3 "$here/dashboard.py" "$http_port" "$port" "$out/echoload" "$shown" "$rounds" "$seconds" "$warmup" ||
    die "the measurement failed"
  { read -r ratio && read -r share; } <"$work/answer"
  report_machine
  echo
  echo "| $shown listeners | median | min | max |"
  echo "| --- | --- | --- | --- |"
  printf '| TCP 50 x 64 B, with the page / without | %s | %s | %s |\n' $ratio
  printf '| browser, share of one processor | %s | %s | %s |\n' $share
}

measure_faults() {
  run_client env JAVA="$java" SERVER_CPU="$server_cpu" LOAD_CPU="$load_cpu" \
    python3 "$here/faults.py" -j "$jar" -n "$rounds" -t "$seconds" -o "$out" || {
    cat "$work/answer"
    die "the measurement failed"
  }
  cat "$work/answer"
}

# --- The machine ---

cpu_model() { awk -F ': ' '/^model name/ {print $2; exit}' /proc/cpuinfo; }

jvm() {
  "$java" -XshowSettings:properties -version 2>&1 |
    awk -F ' = ' '/java.runtime.name/ {name = $2} /java.runtime.version/ {version = $2} END {print name, version}'
}

# Without optional locks, git only reads.
commit() { git -C "$root" --no-optional-locks describe --always --dirty 2>/dev/null || echo unknown; }

report_machine() {
  echo "| date | kernel | CPU | CPUs | JVM | commit |"
  echo "| --- | --- | --- | --- | --- | --- |"
  echo "| $(date -u '+%Y-%m-%d %H:%M UTC') | $(uname -sr) | $(cpu_model) | $(nproc) | $(jvm) | $(commit) |"
}

# --- Main ---

read_options() {
  local option
  while getopts b:j:n:r:t:w:u:c:h option; do
    case $option in
      b) baseline=$(realpath -- "$OPTARG") ;;
      j) jar=$OPTARG ;;
      n) rounds=$OPTARG ;;
      r) rate_fixed=$OPTARG ;;
      t) seconds=$OPTARG ;;
      w) warmup=$OPTARG ;;
      u) uncounted=$OPTARG ;;
      c) count=$OPTARG ;;
      h)
        usage
        exit
        ;;
      *) exit 2 ;;
    esac
  done
  shift $((OPTIND - 1))
  [[ $# -le 1 ]] || die "only one workload can be given (try -h)"
  [[ $rounds =~ ^[1-9][0-9]*$ && $count =~ ^[1-9][0-9]*$ ]] || die "-n and -c require a positive integer"
  mode=${1:-default}
}

find_requirements() {
  jar=$(realpath -m "${jar:-$(newest_jar)}")
  [[ -f $jar ]] || die "no jar: build Canyon with ./mvnw package, or specify a jar with -j"
  # Resolve links, because jcmd is next to the actual file.
  java=$(command -v "${JAVA:-java}") || die "${JAVA:-java} not found"
  java=$(readlink -f "$java")
  local cpu
  for cpu in "$server_cpu" "$load_cpu"; do
    taskset -c "$cpu" true || die "CPU $cpu is not available: set SERVER_CPU and LOAD_CPU"
  done
  make -C "$here" --silent OUT="$out" >&2
}

main() {
  read_options "$@"
  find_requirements
  install_traps
  work=$(mktemp -d "${TMPDIR:-/tmp}/canyon-bench.XXXXXX")
  say "jar: $jar"
  case $mode in
    default) measure_workloads "${default_workloads[@]}" ;;
    hold) measure_hold ;;
    listeners) measure_listeners ;;
    runs) measure_runs ;;
    dashboard) measure_dashboard ;;
    faults) measure_faults ;;
    *) measure_workloads "$mode" ;;
  esac
}

main "$@"
