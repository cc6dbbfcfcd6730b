package io.clusterspring.autoconfigure;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of how nodes find each other.
 *
 * @param type How nodes find each other: 'static', 'dns', 'kubernetes', 'jdbc' or
 * 'multicast'.
 * @param dns Properties of the type 'dns'.
 * @param kubernetes Properties of the type 'kubernetes'.
 * @param jdbc Properties of the type 'jdbc'.
 * @param multicast Properties of the type 'multicast'.
 */
record DiscoveryProperties(@DefaultValue("static") DiscoveryType type, @DefaultValue Dns dns,
		@DefaultValue Kubernetes kubernetes, @DefaultValue Jdbc jdbc, @DefaultValue Multicast multicast) {

	/**
	 * Properties of discovery by DNS.
	 *
	 * @param name Name that resolves to the addresses of all nodes.
	 * @param server Host and port of the DNS server to ask. Defaults to those of the
	 * operating system.
	 */
	record Dns(@Nullable String name, @Nullable String server) {
	}

	/**
	 * Properties of discovery by the API of Kubernetes.
	 *
	 * @param labels Label selector of the pods that are nodes.
	 * @param namespace Namespace of the pods. Defaults to that of this pod.
	 * @param server URL of the API server. Defaults to the one that Kubernetes gives to
	 * this pod.
	 */
	record Kubernetes(@Nullable String labels, @Nullable String namespace, @Nullable String server) {
	}

	/**
	 * Properties of discovery by the application's database.
	 *
	 * @param createTable Whether to create the table 'jgroups' if it does not exist.
	 */
	record Jdbc(@DefaultValue("true") boolean createTable) {
	}

	/**
	 * Properties of discovery by multicast.
	 *
	 * @param group Multicast address at which to search nodes.
	 * @param port UDP port at which to search nodes.
	 */
	record Multicast(@DefaultValue("239.255.78.0") InetAddress group, @DefaultValue("7555") int port) {
	}

}
