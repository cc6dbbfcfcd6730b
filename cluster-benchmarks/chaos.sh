#!/usr/bin/env bash
# Starts ten nodes at once, kills five at once and restarts them, lets one link flap and one process sleep, and prints the results as
# a table. Takes twenty minutes, most of them idle. Needs root and iproute2: each node is in a network namespace of its own.
# Arguments, all optional, times in seconds: --scenarios=start,kill,return,flap,sleep --nodes=10 --killed=5 --flap=300 --down=1,4,12 --up=10
#   --link=1-2 --sleep=600 --sleeper=1 --rate=50 --sync=30 --patience=90 --logs=/some/directory --jvm='-Xmx128m -XX:+UseSerialGC'
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.chaos.Chaos "$@"
