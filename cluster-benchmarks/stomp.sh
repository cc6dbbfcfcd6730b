#!/usr/bin/env bash
# Measures the cost of STOMP messages, beside a relay to RabbitMQ if it is installed, and prints tables. Takes some minutes.
# Arguments, all optional: --seconds=8 --rounds=3 --variants=starter,relay,alone --rooms=10 --members=20 --rates=20000,5000
#   --window=32 --size=100 --port=29310 --jvm='-Xms256m -Xmx256m'
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.stomp.StompBenchmark "$@"
