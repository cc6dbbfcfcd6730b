#!/usr/bin/env bash
# Measures what 100,000 topics cost that one of ten nodes each listens to, how long a subscription to a new topic takes until it is in force, and a storm
# of such subscriptions. Takes two minutes.
# Arguments, all optional: --nodes=2,5,10 --topics=100000 --joins=2000 --rate=10000 --seconds=5 --port=32000 --jvm='-Xms192m -Xmx192m'
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am -Dmaven.test.skip=true package)
exec java -cp "$here/target/classes:$here/target/lib/*" io.clusterspring.benchmarks.many.ManyTopics "$@"
