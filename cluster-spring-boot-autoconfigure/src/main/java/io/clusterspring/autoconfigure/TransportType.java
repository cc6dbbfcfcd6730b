package io.clusterspring.autoconfigure;

/**
 * The transports that can connect nodes.
 */
enum TransportType {

	/** JGroups, over the network. */
	JGROUPS,

	/** Memory, for nodes in one JVM. */
	LOCAL

}
