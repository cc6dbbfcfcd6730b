#!/usr/bin/env bash
# Measures what a history of topics costs (cost), or kills a node under clients that follow one (storm). Takes five minutes, or two.
# The first argument is cost or storm. The others, all optional: --nodes=2 (storm: 3) --clients=1000 (10000) --rooms=10 (100)
#   --rate=200 (2000) --size=100 --warm-up=20 --seconds=10 --rounds=5 --kept=100000 --port=29400 --jvm='-Xms1g -Xmx1g'
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# each client needs a file descriptor, and many systems allow only a thousand by default
ulimit -S -n "$(ulimit -H -n)"
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.history.HistoryBenchmark "$@"
