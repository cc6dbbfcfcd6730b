package io.clusterspring.autoconfigure;

/**
 * How nodes find each other.
 */
public enum DiscoveryType {

	/**
	 * At the addresses of the nodes to wait for, and of seeds.
	 */
	STATIC,

	/**
	 * At the addresses that one name resolves to.
	 */
	DNS,

	/**
	 * As pods, by the API of Kubernetes.
	 */
	KUBERNETES,

	/**
	 * By a table of the application's database.
	 */
	JDBC,

	/**
	 * By multicast in the network of this node's host.
	 */
	MULTICAST

}
