package io.clusterspring.autoconfigure;

/**
 * What connects the nodes.
 */
public enum TransportType {

	/** The network, by JGroups. */
	JGROUPS,

	/** Memory: the nodes are in one JVM. */
	LOCAL

}
