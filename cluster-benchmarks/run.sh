#!/usr/bin/env bash
# Measures the cost of messages between nodes, beside JGroups alone, and prints tables. Takes some minutes.
# Arguments, all optional: --seconds=3 --rounds=3 --nodes=2,3,5,10 --variants=topics,topics-cookie,topics-one,topics-one-to-all,topics-to-all,raw,raw-own-bundler
#   --only=flood --port=29000 --jvm='-Xms256m -Xmx256m'
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.Benchmarks "$@"
