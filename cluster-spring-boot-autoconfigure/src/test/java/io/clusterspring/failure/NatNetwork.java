package io.clusterspring.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Creates machines behind gateways that translate addresses, as Docker does. Each machine
 * has the same address on a network of its own, and is reached at a port of its gateway.
 * The gateways are on one switch. Needs root, {@code ip} of iproute2, and iptables.
 */
final class NatNetwork implements AutoCloseable {

	/** The address of each machine behind its gateway. */
	static final String MACHINE = "192.168.77.2";

	private static final String GATEWAY = "192.168.77.1";

	private final String prefix = "nat-" + UUID.randomUUID().toString().substring(0, 6) + "-";

	private final String network = this.prefix + "switch";

	private final List<String> created = new ArrayList<>();

	private final Thread hook = new Thread(this::delete);

	/**
	 * Create the network.
	 * @param machines the number of machines, each behind a gateway
	 */
	NatNetwork(int machines) {
		Runtime.getRuntime().addShutdownHook(this.hook);
		try {
			create(this.network);
			run("ip", "-n", this.network, "link", "add", "switch", "type", "bridge");
			run("ip", "-n", this.network, "link", "set", "switch", "up");
			for (int number = 1; number <= machines; number++) {
				addGateway(number);
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
			return (exit("iptables", "--version") == 0) ? "" : "there is no iptables";
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
		return "10.214.0." + number;
	}

	/**
	 * Return the prefix that runs a command on a machine.
	 * @param number the machine
	 * @return the words before the command
	 */
	List<String> prefix(int number) {
		return List.of("ip", "netns", "exec", this.prefix + "m" + number);
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
		List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", gateway(number), "iptables"));
		command.addAll(List.of(arguments));
		run(command.toArray(String[]::new));
	}

	private String gateway(int number) {
		return this.prefix + "g" + number;
	}

	private void addGateway(int number) {
		String gateway = gateway(number);
		create(gateway);
		run("ip", "link", "add", "port" + number, "netns", this.network, "type", "veth", "peer", "name", "outside",
				"netns", gateway);
		run("ip", "-n", this.network, "link", "set", "port" + number, "master", "switch", "up");
		run("ip", "-n", gateway, "address", "add", outside(number) + "/24", "dev", "outside");
		run("ip", "-n", gateway, "link", "set", "outside", "up");
		run("ip", "netns", "exec", gateway, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
		iptables(number, "-t", "nat", "-A", "POSTROUTING", "-o", "outside", "-j", "MASQUERADE");
	}

	private void addMachine(int number) {
		String machine = this.prefix + "m" + number;
		create(machine);
		run("ip", "link", "add", "inside", "netns", gateway(number), "type", "veth", "peer", "name", "eth0", "netns",
				machine);
		run("ip", "-n", gateway(number), "address", "add", GATEWAY + "/24", "dev", "inside");
		run("ip", "-n", gateway(number), "link", "set", "inside", "up");
		run("ip", "-n", machine, "address", "add", MACHINE + "/24", "dev", "eth0");
		run("ip", "-n", machine, "link", "set", "eth0", "up");
		run("ip", "-n", machine, "route", "add", "default", "via", GATEWAY);
	}

	private void create(String namespace) {
		this.created.add(namespace);
		run("ip", "netns", "add", namespace);
		run("ip", "-n", namespace, "link", "set", "lo", "up");
	}

	private static void run(String... command) {
		try {
			assertThat(exit(command)).as(String.join(" ", command)).isZero();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int exit(String... command) throws IOException {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void delete() {
		for (String namespace : this.created) {
			try {
				exit("ip", "netns", "del", namespace);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
		this.created.clear();
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.hook);
		delete();
	}

}
