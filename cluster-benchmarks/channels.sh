#!/usr/bin/env bash
# Measures the cost of channels on two nodes with Tomcat or, with --jetty as first argument, Jetty. Takes six minutes.
# Arguments, all optional: --loads=closed,echo,fanout,idle,connects --clients=1000 --rate=20 --idle-clients=10000
#   --warm-up=20 --seconds=10 --rounds=3 --port=4801
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
lib=lib
profile=()
if [[ ${1:-} == --jetty ]]; then
	lib=lib-jetty
	profile=(-Pjetty)
	shift
fi
# each client needs a file descriptor, and many systems allow only a thousand by default
ulimit -S -n "$(ulimit -H -n)"
(cd -- "$here/.." && mvn -q -B -pl cluster-benchmarks -am "${profile[@]}" -Dmaven.test.skip=true package)
exec java -cp "$here/target/classes:$here/target/$lib/*" io.clusterspring.benchmarks.channels.ChannelLoad "$@"
