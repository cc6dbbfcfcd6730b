package io.clusterspring;

import org.springframework.util.Assert;

/**
 * A member of the cluster, named as Erlang names its nodes: {@code name@host}. Two nodes
 * with the same name and host are the same node. The port is not part of a node's
 * identity.
 *
 * @param name the part before the {@code @}: letters, digits, {@code -}, {@code _} and
 * {@code .}
 * @param host the host name or IP address, without the brackets of an IPv6 address
 */
public record Node(String name, String host) implements Comparable<Node> {

	public Node {
		Assert.isTrue(NodeAddress.isName(name), () -> "'" + name + "' is not a node name");
		Assert.isTrue(NodeAddress.isHost(host), () -> "'" + host + "' is not a host");
	}

	/**
	 * Parse {@code name@host}.
	 * @param text the text to parse
	 * @return the node
	 * @throws IllegalArgumentException if the text is anything else
	 */
	public static Node of(String text) {
		NodeAddress address = NodeAddress.of(text);
		Assert.isTrue(address.port() == null, () -> "'" + text + "' has a port, which is not part of a node's name");
		return address.node();
	}

	@Override
	public int compareTo(Node other) {
		return toString().compareTo(other.toString());
	}

	/** Return {@code name@host}, which {@link #of(String)} parses. */
	@Override
	public String toString() {
		return this.name + "@" + (this.host.contains(":") ? "[" + this.host + "]" : this.host);
	}

}
