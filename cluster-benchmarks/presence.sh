#!/usr/bin/env bash
# Measures what presence costs with many on one topic, on three nodes in one process, and prints it as tables; takes a minute.
# Arguments, all optional: how many entries, how many joins, the first port
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -Xms1g -Xmx1g -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.PresenceBenchmarks "$@"
