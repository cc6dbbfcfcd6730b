package io.clusterspring.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates machines behind gateways that translate addresses, as Docker does. Each machine
 * has the same address on a network of its own, and is reached at a port of its gateway.
 * The gateways are the machines of {@link NetworkNamespaces}. Needs iptables as well.
 */
final class NatNetwork implements AutoCloseable {

	/** The address of each machine behind its gateway. */
	static final String MACHINE = "192.168.77.2";

	private static final String GATEWAY = "192.168.77.1";

	private final NetworkNamespaces gateways;

	/**
	 * Create the network.
	 * @param machines the number of machines, each behind a gateway
	 */
	NatNetwork(int machines) {
		this.gateways = new NetworkNamespaces(machines);
		try {
			for (int number = 1; number <= machines; number++) {
				translate(number);
				addMachine(number);
			}
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Return the reason why this machine cannot create the network.
	 * @return the reason, empty if it can
	 */
	static String obstacle() {
		String obstacle = NetworkNamespaces.obstacle();
		if (!obstacle.isEmpty()) {
			return obstacle;
		}
		try {
			return (NetworkNamespaces.run(List.of("iptables", "--version")) == 0) ? "" : "there is no iptables";
		}
		catch (IOException ex) {
			return "there is no iptables: " + ex.getMessage();
		}
	}

	/**
	 * Return the address of a gateway, at which other machines reach the machine behind
	 * it.
	 * @param number the machine
	 * @return the address
	 */
	static String outside(int number) {
		return NetworkNamespaces.address(number);
	}

	/**
	 * Return the prefix that runs a command on a machine.
	 * @param number the machine
	 * @return the words before the command
	 */
	List<String> prefix(int number) {
		return List.of("ip", "netns", "exec", machine(number));
	}

	private String machine(int number) {
		return this.gateways.name(number) + "-m";
	}

	/**
	 * Map a port of a gateway to one of the machine behind it.
	 * @param number the machine
	 * @param outside the port of the gateway
	 * @param inside the port of the machine
	 */
	void map(int number, int outside, int inside) {
		iptables(number, "-t", "nat", "-A", "PREROUTING", "-d", outside(number), "-p", "tcp", "--dport", "" + outside,
				"-j", "DNAT", "--to-destination", MACHINE + ":" + inside);
	}

	/**
	 * Drop packets to a port of a gateway, without an error to the sender.
	 * @param number the machine behind it
	 * @param port the port
	 */
	void drop(int number, int port) {
		iptables(number, "-t", "mangle", "-A", "PREROUTING", "-p", "tcp", "--dport", "" + port, "-j", "DROP");
	}

	private void iptables(int number, String... arguments) {
		List<String> command = new ArrayList<>(List.of("netns", "exec", this.gateways.name(number), "iptables"));
		command.addAll(List.of(arguments));
		NetworkNamespaces.ip(command.toArray(String[]::new));
	}

	private void translate(int number) {
		NetworkNamespaces.ip("netns", "exec", this.gateways.name(number), "sh", "-c",
				"echo 1 > /proc/sys/net/ipv4/ip_forward");
		iptables(number, "-t", "nat", "-A", "POSTROUTING", "-o", "eth0", "-j", "MASQUERADE");
	}

	private void addMachine(int number) {
		String machine = machine(number);
		String gateway = this.gateways.name(number);
		this.gateways.create(machine);
		NetworkNamespaces.ip("link", "add", "inside", "netns", gateway, "type", "veth", "peer", "name", "eth0", "netns",
				machine);
		NetworkNamespaces.ip("-n", gateway, "address", "add", GATEWAY + "/24", "dev", "inside");
		NetworkNamespaces.ip("-n", gateway, "link", "set", "inside", "up");
		NetworkNamespaces.ip("-n", machine, "address", "add", MACHINE + "/24", "dev", "eth0");
		NetworkNamespaces.ip("-n", machine, "link", "set", "eth0", "up");
		NetworkNamespaces.ip("-n", machine, "route", "add", "default", "via", GATEWAY);
	}

	@Override
	public void close() {
		this.gateways.close();
	}

}
