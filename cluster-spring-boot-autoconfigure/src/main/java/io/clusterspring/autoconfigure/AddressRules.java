package io.clusterspring.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;

/**
 * Rejects addresses of a node that cannot work: other nodes would not find it there, or
 * the property would have no effect.
 */
record AddressRules(ClusterProperties properties, BiConsumer<String, String> reject) {

	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

	private static final Pattern WITH_PORT = Pattern.compile("[^:]*:[^:]*");

	void check() {
		NodeAddress node = this.properties.node();
		Seed advertised = this.properties.advertised();
		if (node != null && isWildcard(node.node().host())) {
			this.reject.accept("node", "has a host that means all addresses of a machine, where other nodes "
					+ "cannot find this one: use one of the addresses, and set cluster.bind to " + node.node().host());
		}
		if (advertised != null) {
			advertised(advertised);
		}
		if (this.properties.bind() != null) {
			bind(this.properties.bind(), node != null || advertised != null);
		}
	}

	private void advertised(Seed advertised) {
		if (this.properties.jgroups().config() != null) {
			this.reject.accept("advertised", "has no effect: cluster.jgroups.config defines where this node "
					+ "listens and is found (external_addr and external_port of its TCP)");
		}
		if (isWildcard(advertised.host())) {
			this.reject.accept("advertised",
					"means all addresses of a machine, where other nodes cannot " + "find this one");
		}
		Integer port = advertised.port();
		if (port != null) {
			listedOthers().filter((other) -> Seed.of(other).equals(advertised))
				.findFirst()
				.ifPresent((other) -> this.reject.accept("advertised",
						"is where " + other.node() + " is listed: each node needs an address of its own"));
		}
		boolean byName = this.properties.discovery().type() == DiscoveryType.DNS;
		if (byName && port != null && !isInRange(port)) {
			this.reject.accept("advertised",
					"has port " + port + ", where other nodes do not search: with DNS, nodes are searched on "
							+ "cluster.port, or in the range that begins there");
		}
	}

	private Stream<NodeAddress> listedOthers() {
		NodeAddress self = this.properties.node();
		return Stream
			.concat(this.properties.syncNodesMandatory().stream(), this.properties.syncNodesOptional().stream())
			.filter((other) -> self == null || !other.node().equals(self.node()));
	}

	private boolean isInRange(int port) {
		return port >= this.properties.port() && port < this.properties.port() + this.properties.portRange();
	}

	private void bind(String bind, boolean found) {
		String host = (bind.startsWith("[") && bind.endsWith("]")) ? bind.substring(1, bind.length() - 1) : bind;
		if (this.properties.jgroups().config() != null) {
			this.reject.accept("bind",
					"has no effect: cluster.jgroups.config defines where this node listens (bind_addr of its "
							+ "transport)");
		}
		else if (!isHost(host)) {
			this.reject.accept("bind", "must be an address, a network interface or a host name, without a port");
		}
		else if (isWildcard(host) && !found) {
			this.reject.accept("bind",
					"does not tell where other nodes find this one: set cluster.advertised, or cluster.node");
		}
		else if (isWildcard(host) && this.properties.discovery().type() == DiscoveryType.MULTICAST) {
			this.reject.accept("bind", "must be one address or network interface, because multicast uses a single one");
		}
	}

	private static boolean isHost(String text) {
		try {
			return !WITH_PORT.matcher(text).matches() && new Seed(text, null).port() == null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isWildcard(String host) {
		try {
			return LITERAL.matcher(host).matches() && InetAddress.getByName(host).isAnyLocalAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
