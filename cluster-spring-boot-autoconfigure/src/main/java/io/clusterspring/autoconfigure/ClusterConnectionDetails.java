package io.clusterspring.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

import io.clusterspring.Seed;

/**
 * Addresses of nodes that replace {@code cluster.seeds}, for example from a service
 * connection.
 */
public interface ClusterConnectionDetails extends ConnectionDetails {

	/**
	 * Return the addresses at which nodes are searched, without waiting for them.
	 * @return the addresses
	 */
	List<Seed> seeds();

}
