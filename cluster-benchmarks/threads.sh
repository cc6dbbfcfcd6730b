#!/usr/bin/env bash
# Measures the threads that run mailboxes: the starter's pool (WarmThreadQueue), one with the usual queue, and a fork-join pool. Takes two minutes.
# Arguments, all optional: --seconds=3 --rounds=5 --threads=32 --load=1,100
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.ThreadsBenchmark "$@"
