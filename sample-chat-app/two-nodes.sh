#!/usr/bin/env bash
# Runs the chat as a cluster of two JVMs until Ctrl-C:
#   n1@127.0.0.1 on port 4001 and n2@127.0.0.1 on port 4002, or CHAT_PORT and the next
# Further arguments go to both nodes, such as --logging.level.io.clusterspring=debug
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname -- "$here")
jar=$here/target/sample-chat-app.jar
patience=90 # seconds until both nodes serve
ports=("${CHAT_PORT:-4001}" "$((${CHAT_PORT:-4001} + 1))")
pids=()

fail() {
  printf 'two-nodes: %s\n' "$*" >&2
  exit 1
}

need() {
  command -v "$1" >/dev/null || fail "$1 is missing: $2"
}

stale() {
  [[ ! -f $jar ]] || [[ -n $(find "$root" -name target -prune -o -name node_modules -prune -o -name .git -prune -o \
    -type f \( -path '*/src/main/*' -o -path '*/build/*' -o -name pom.xml -o -name 'package*.json' \) \
    -newer "$jar" -print -quit) ]]
}

build() {
  need mvn 'the jar is built with Maven 3.8 or newer'
  need node 'the page is bundled with Node.js 20 or newer'
  need npm 'the page is bundled with npm'
  echo 'Building the sample ...'
  (cd -- "$root" && mvn -q -B -pl sample-chat-app -am -DskipTests package) || fail 'the build failed, see above'
  touch -- "$jar"
}

listens() { # port
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

get() { # port path
  local line body=''
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
  read -r -t 5 line <&3 && [[ $line == *' 200'* ]] || { exec 3>&-; return 1; }
  while read -r -t 5 line <&3 && [[ -n ${line%$'\r'} ]]; do :; done
  IFS= read -r -d '' -t 5 body <&3 || true
  exec 3>&-
  printf '%s' "$body"
}

start() { # node port
  java -jar "$jar" --server.port="$2" --cluster.node="$1@127.0.0.1" "${@:3}" >"$here/target/$1.log" 2>&1 &
  pids+=($!)
}

await() { # node port pid
  until get "$2" /cluster.json >/dev/null 2>&1; do
    if ! kill -0 "$3" 2>/dev/null; then
      tail -n 40 "$here/target/$1.log" >&2
      fail "$1 died while starting, its log is $here/target/$1.log"
    fi
    if ((SECONDS > patience)); then
      tail -n 40 "$here/target/$1.log" >&2
      fail "$1 did not serve within $patience s, its log is $here/target/$1.log"
    fi
    sleep 0.3
  done
}

stop() {
  trap - EXIT
  trap '' INT TERM HUP
  if ((${#pids[@]})); then
    kill -TERM "${pids[@]}" 2>/dev/null || true
    wait "${pids[@]}" 2>/dev/null || true
    echo 'Stopped.'
  fi
}

need java 'Java 17 or newer runs the nodes'
if stale; then
  build
fi
for port in "${ports[@]}"; do
  if listens "$port"; then
    fail "port $port is in use"
  fi
done

trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
SECONDS=0
start n1 "${ports[0]}" "$@"
start n2 "${ports[1]}" "$@"
await n1 "${ports[0]}" "${pids[0]}"
await n2 "${ports[1]}" "${pids[1]}"

echo "n1  http://127.0.0.1:${ports[0]}/   $(get "${ports[0]}" /cluster.json)"
echo "n2  http://127.0.0.1:${ports[1]}/   $(get "${ports[1]}" /cluster.json)"
echo "Logs: $here/target/n1.log and n2.log. Ctrl-C stops both."

# One node may be killed while the other continues; the script ends when both have ended.
running=(n1 n2)
while ((${#running[@]})); do
  wait -n "${pids[@]}" 2>/dev/null || true
  for i in "${!running[@]}"; do
    if ! kill -0 "${pids[i]}" 2>/dev/null; then
      echo "${running[i]} has ended. To restart it:"
      echo "  java -jar ${jar@Q} --server.port=${ports[i]} --cluster.node=${running[i]}@127.0.0.1 ${*@Q}"
      unset "running[i]" "pids[i]"
    fi
  done
done
fail 'both nodes ended by themselves, see the logs'
