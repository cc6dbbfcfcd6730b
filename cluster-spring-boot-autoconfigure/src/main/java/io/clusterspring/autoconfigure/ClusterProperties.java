package io.clusterspring.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.clusterspring.NodeAddress;
import io.clusterspring.SyncNodes;
import io.clusterspring.SyncTimeout;

/**
 * Properties of the cluster.
 *
 * @param enabled Whether to make the application a node of a cluster.
 * @param name Name of the cluster; only nodes that agree on it find each other. Defaults
 * to the name of the application.
 * @param node Name of this node and the address it listens on, as 'name@host' or
 * 'name@host:port'. Defaults to the name of the application with a random suffix, on the
 * loopback address.
 * @param port First TCP port for the connections between nodes.
 * @param portRange Number of TCP ports, from the first one on, of which a node that names
 * no port takes the first free one, and in which such nodes are looked for.
 * @param syncNodesOptional Nodes to look for and, given a timeout, to wait for at startup
 * without insisting on them.
 * @param syncNodesMandatory Nodes to look for and, given a timeout, to wait for at
 * startup that have to be seen for the application to start.
 * @param syncNodesTimeout Maximum time to wait at startup for the listed nodes: a number
 * of milliseconds, a duration, or 'infinity'. Without it nobody is waited for.
 */
@ConfigurationProperties("cluster")
public record ClusterProperties(@DefaultValue("true") boolean enabled, @Nullable String name,
		@Nullable NodeAddress node, @DefaultValue("7800") int port, @DefaultValue("10") int portRange,
		@DefaultValue List<NodeAddress> syncNodesOptional, @DefaultValue List<NodeAddress> syncNodesMandatory,
		@Nullable SyncTimeout syncNodesTimeout) {

	String nameIn(Environment environment) {
		String given = StringUtils.hasText(this.name) ? this.name : environment.getProperty("spring.application.name");
		return (given != null && StringUtils.hasText(given)) ? given : "application";
	}

	SyncNodes syncNodes() {
		return new SyncNodes(this.syncNodesOptional, this.syncNodesMandatory, this.syncNodesTimeout);
	}

}
