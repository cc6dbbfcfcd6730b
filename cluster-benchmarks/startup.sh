#!/usr/bin/env bash
# Starts the sample several times in each of several ways, in turns, and prints medians: the milliseconds from the start of
# the JVM until the node serves, and those of the processors that it has used until then (docs/aot.md):
#   cluster-benchmarks/startup.sh [rounds] [home of a JDK 25]
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
jar=$here/../sample-chat-app/target/sample-chat-app.jar
rounds=${1:-7}
new=${2:-/usr/lib/jvm/temurin-25-jdk-amd64}/bin/java
[[ -f $jar ]] || { echo "startup: build the sample first: mvn -pl sample-chat-app -am -DskipTests package" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
java -Djarmode=tools -jar "$jar" extract --destination "$work/app"
app=(-jar "$work/app/sample-chat-app.jar" --cluster.node=n1@127.0.0.1 --cluster.sync-nodes-timeout=0
  --cluster.name=startup-$$ --cluster.port=28290 --server.port=0)

# Runs a node until it serves, ends it in order, and prints both times
run() {
  local log=$work/log pid used
  "$@" "${app[@]}" >"$log" 2>&1 &
  pid=$!
  until grep -q 'Started ChatApplication' "$log" || ! kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  used=$(awk '{ print ($14 + $15) * 10 }' "/proc/$pid/stat")
  kill "$pid"
  wait "$pid" || true
  sed -n "s/.*Started ChatApplication.*running for \([0-9]*\)\.\?\([0-9]*\)).*/\1 \2/p" "$log" |
    awk -v used="$used" '{ print $1 * 1000 + substr($2 "000", 1, 3), used }'
}

generated=-Dspring.aot.enabled=true
ways=('17, as it is' '17, generated code' '17, generated code and AppCDS')
run java "$generated" -XX:ArchiveClassesAtExit="$work/cds" >"$work/trained"
if [[ -x $new ]]; then
  ways+=('25, as it is' '25, AOT cache' '25, generated code' '25, generated code and AOT cache')
  run "$new" -XX:AOTCacheOutput="$work/plain.aot" >"$work/trained"
  run "$new" "$generated" -XX:AOTCacheOutput="$work/generated.aot" >"$work/trained"
fi
for cache in cds plain.aot generated.aot; do
  [[ -f $work/$cache || ! -x $new ]] || { cat "$work/log" >&2; echo "startup: no cache was written" >&2; exit 1; }
done
for ((round = 1; round <= rounds; round++)); do
  for way in "${ways[@]}"; do
    case $way in
      '17, as it is') run java ;;
      '17, generated code') run java "$generated" ;;
      '17, generated code and AppCDS') run java "$generated" -XX:SharedArchiveFile="$work/cds" ;;
      '25, as it is') run "$new" ;;
      '25, AOT cache') run "$new" -XX:AOTCache="$work/plain.aot" ;;
      '25, generated code') run "$new" "$generated" ;;
      '25, generated code and AOT cache') run "$new" "$generated" -XX:AOTCache="$work/generated.aot" ;;
    esac >>"$work/$way"
  done
done
du -h "$work"/cds "$work"/*.aot 2>/dev/null | sed "s|$work/||"
median() { # file column
  cut -d' ' -f"$2" "$1" | sort -n | sed -n "$(((rounds + 1) / 2))p"
}

for way in "${ways[@]}"; do
  printf '%-36s %6d ms, %6d ms of the processors\n' "$way" "$(median "$work/$way" 1)" "$(median "$work/$way" 2)"
done
