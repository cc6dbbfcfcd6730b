package io.clusterspring.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

import io.clusterspring.Seed;

/**
 * Where nodes of the cluster may be, in place of {@code cluster.seeds}: for instance from
 * a service connection.
 */
public interface ClusterConnectionDetails extends ConnectionDetails {

	/**
	 * Return addresses to look for nodes at, without waiting for them.
	 * @return the addresses
	 */
	List<Seed> seeds();

}
