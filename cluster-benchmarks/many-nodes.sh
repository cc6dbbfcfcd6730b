#!/usr/bin/env bash
# Measures clusters of many nodes on this machine, each a JVM with a small heap: one view from a start of all at once, idle nodes, broadcasts that three
# nodes listen to, the death of a tenth, a restart of all. Takes ten minutes on two processors, and 6 GB for 50 nodes.
# Arguments, all optional: --nodes=5,10,20,50 --idle=20 --messages=2000 --rate=100 --seeds=0 --port=31000
#   --jvm='-Xmx48m -XX:+UseSerialGC -XX:TieredStopAtLevel=1' --properties='--cluster.presence.heartbeat-interval=2s'
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.many.ManyNodes "$@"
