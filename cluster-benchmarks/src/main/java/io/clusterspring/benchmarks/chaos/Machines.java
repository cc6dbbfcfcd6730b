package io.clusterspring.benchmarks.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Creates machines on a switch. Each machine, and the switch, is a network namespace of
 * Linux, so the network of the host does not change. It needs root and {@code ip} of
 * iproute2.
 */
final class Machines implements AutoCloseable {

	// an unused address: packets to it are lost without an error
	private static final String NOWHERE = "02:00:00:00:00:01";

	private final String prefix = "chaos-" + UUID.randomUUID().toString().substring(0, 6) + "-";

	private final String network = this.prefix + "switch";

	private final List<String> created = new ArrayList<>();

	private final Thread hook = new Thread(this::delete);

	Machines(int count) {
		Runtime.getRuntime().addShutdownHook(this.hook);
		try {
			create(this.network);
			ip("-n", this.network, "link", "add", "switch", "type", "bridge");
			ip("-n", this.network, "link", "set", "switch", "up");
			for (int number = 1; number <= count; number++) {
				add(number);
			}
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Return the reason why this machine cannot create them.
	 * @return the reason, empty if it can
	 */
	static String obstacle() {
		String probe = "chaos-probe-" + UUID.randomUUID().toString().substring(0, 6);
		try {
			int exit = run(List.of("ip", "netns", "add", probe));
			run(List.of("ip", "netns", "del", probe));
			return (exit == 0) ? "" : "network namespaces need root";
		}
		catch (IOException ex) {
			return "network namespaces need iproute2: " + ex.getMessage();
		}
	}

	static String address(int number) {
		return "10.213.0." + number;
	}

	private void create(String namespace) {
		this.created.add(namespace);
		ip("netns", "add", namespace);
		ip("-n", namespace, "link", "set", "lo", "up");
	}

	private void add(int number) {
		String machine = this.prefix + number;
		create(machine);
		ip("link", "add", "port" + number, "netns", this.network, "type", "veth", "peer", "name", "eth0", "netns",
				machine);
		ip("-n", this.network, "link", "set", "port" + number, "master", "switch", "up");
		ip("-n", machine, "address", "add", address(number) + "/24", "dev", "eth0");
		ip("-n", machine, "link", "set", "eth0", "up");
	}

	// returns the prefix that runs a command on a machine
	List<String> prefix(int number) {
		return List.of("ip", "netns", "exec", this.prefix + number);
	}

	// cuts the link between two machines in both directions. Each still reaches the
	// others
	void cut(int one, int other) {
		lose(one, other);
		lose(other, one);
	}

	private void lose(int from, int to) {
		ip("-n", this.prefix + from, "neighbour", "replace", address(to), "lladdr", NOWHERE, "nud", "permanent", "dev",
				"eth0");
	}

	void heal(int one, int other) {
		find(one, other);
		find(other, one);
	}

	private void find(int from, int to) {
		ip("-n", this.prefix + from, "neighbour", "del", address(to), "dev", "eth0");
	}

	private static void ip(String... arguments) {
		List<String> command = new ArrayList<>(List.of("ip"));
		command.addAll(List.of(arguments));
		try {
			if (run(command) != 0) {
				throw new IllegalStateException(String.join(" ", command) + " has failed");
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int run(List<String> command) throws IOException {
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
				run(List.of("ip", "netns", "del", namespace));
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
