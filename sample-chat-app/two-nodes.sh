#!/usr/bin/env bash
# Runs the chat as a cluster of two JVMs until Ctrl-C:
#   n1@127.0.0.1 on port 4001 and n2@127.0.0.1 on port 4002, or CHAT_PORT and the next
# http://127.0.0.1:4001/both.html shows both side by side, kills them and starts them again.
# Further arguments go to both nodes, such as --logging.level.io.clusterspring=debug
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname -- "$here")
jar=$here/target/sample-chat-app.jar
patience=90 # seconds until both nodes serve
ports=("${CHAT_PORT:-4001}" "$((${CHAT_PORT:-4001} + 1))")
pids=()
names=(n1 n2)
running=(yes yes)
pipe=$(mktemp -u)

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

start() { # index
  java -jar "$jar" --server.port="${ports[$1]}" --cluster.node="${names[$1]}@127.0.0.1" --chat.lab.pipe="$pipe" \
    --chat.lab.nodes.n1="http://127.0.0.1:${ports[0]}" --chat.lab.nodes.n2="http://127.0.0.1:${ports[1]}" \
    "${@:2}" >"$here/target/${names[$1]}.log" 2>&1 9>&- &
  pids[$1]=$!
  running[$1]=yes
}

obey() { # kill|start node, as the page wants it: never the last node
  local i=${2#n}
  [[ $i == [12] ]] || return 0
  i=$((i - 1))
  if [[ $1 == kill && ${running[0]}${running[1]} == yesyes ]]; then
    echo "$2 is killed by the page, which can start it again."
    running[i]=no
    kill -KILL "${pids[i]}"
  elif [[ $1 == start && ${running[i]} == no ]] && ! listens "${ports[i]}"; then
    echo "$2 is started by the page."
    start "$i" "${@:3}"
  fi
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
  rm -f -- "$pipe"
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
mkfifo -m 600 -- "$pipe"
exec 9<>"$pipe"
start 0 "$@"
start 1 "$@"
await n1 "${ports[0]}" "${pids[0]}"
await n2 "${ports[1]}" "${pids[1]}"

echo "n1  http://127.0.0.1:${ports[0]}/   $(get "${ports[0]}" /cluster.json)"
echo "n2  http://127.0.0.1:${ports[1]}/   $(get "${ports[1]}" /cluster.json)"
echo "Both in one window: http://127.0.0.1:${ports[0]}/both.html"
echo "Logs: $here/target/n1.log and n2.log. Ctrl-C stops both."

# One node may be killed while the other continues; the script ends when both have ended.
while [[ ${running[0]}${running[1]} != nono ]]; do
  if read -r -t 1 -u 9 order node; then
    obey "$order" "$node" "$@"
  fi
  for i in 0 1; do
    if [[ ${running[i]} == yes ]] && ! kill -0 "${pids[i]}" 2>/dev/null; then
      echo "${names[i]} has ended. To restart it:"
      echo "  java -jar ${jar@Q} --server.port=${ports[i]} --cluster.node=${names[i]}@127.0.0.1 ${*@Q}"
      running[i]=no
    fi
  done
done
fail 'both nodes ended by themselves, see the logs'
