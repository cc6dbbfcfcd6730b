package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

import javax.sql.DataSource;

import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLookup;

/**
 * The ways to find nodes that this starter has.
 */
public final class NodeLookups {

	private NodeLookups() {
	}

	public static NodeLookup listed(List<NodeAddress> listed, List<Seed> seeds) {
		return new ListedNodes(listed, seeds);
	}

	/**
	 * Return a lookup of the addresses that one name resolves to.
	 * @param name the name, fully qualified; one that DNS does not know, or has no server
	 * for, is left to the operating system, which may complete it
	 * @param server host and port of the DNS server, or {@code null} for those of the
	 * operating system
	 * @return the lookup
	 */
	public static NodeLookup dns(String name, @Nullable String server) {
		return new DnsLookup(name, server);
	}

	public static NodeLookup jdbc(DataSource dataSource, boolean createTable) {
		return new ProtocolLookup<>(() -> new NodeTable(dataSource, createTable), NodeTable::find);
	}

	/**
	 * Return a lookup of pods.
	 * @param server the URL of the API server, such as {@code https://10.96.0.1:443}
	 * @param namespace the namespace of the pods
	 * @param labels the label selector of the pods
	 * @param account the directory with the {@code token} and the {@code ca.crt} of the
	 * service account
	 * @return the lookup
	 */
	public static NodeLookup kubernetes(String server, String namespace, String labels, Path account) {
		return new KubernetesLookup(server, namespace, labels, account);
	}

	/**
	 * Return the protocols that lookups add to a stack.
	 * @return their types
	 */
	public static List<Class<? extends Protocol>> protocols() {
		return List.of(NodeTable.class, MulticastRequests.class);
	}

	public static NodeLookup multicast(InetAddress group, int port) {
		return new ProtocolLookup<>(() -> new MulticastRequests(group, port), MulticastRequests::send);
	}

}
