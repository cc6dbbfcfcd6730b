package io.clusterspring.autoconfigure;

/**
 * The ways in which nodes find each other.
 */
enum DiscoveryType {

	/** By the addresses of the listed nodes and of seeds. */
	STATIC,

	/** By a name that resolves to the addresses of the nodes. */
	DNS,

	/** By the API of Kubernetes, as pods. */
	KUBERNETES,

	/** By a table in the application's database. */
	JDBC,

	/** By multicast in the network of this node's host. */
	MULTICAST

}
