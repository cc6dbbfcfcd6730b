#!/usr/bin/env bash
# Measures the cost of presence with many entries of one topic, on three nodes in one process, and prints tables. Takes a minute.
# Arguments, all optional: the number of entries, the number of joins, the first port
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -Xms1g -Xmx1g -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.PresenceBenchmarks "$@"
