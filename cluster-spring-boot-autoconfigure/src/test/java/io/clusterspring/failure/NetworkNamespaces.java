package io.clusterspring.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Creates machines on a switch. Each machine, and the switch, is a network namespace of
 * Linux, so the network of the host does not change. Needs root and {@code ip} of
 * iproute2.
 */
final class NetworkNamespaces implements AutoCloseable {

	private final String prefix = "cluster-" + UUID.randomUUID().toString().substring(0, 6) + "-";

	private final String network = this.prefix + "switch";

	private final List<String> created = new ArrayList<>();

	private final Thread hook = new Thread(this::delete);

	NetworkNamespaces(int machines) {
		Runtime.getRuntime().addShutdownHook(this.hook);
		try {
			create(this.network);
			ip("-n", this.network, "link", "add", "switch", "type", "bridge");
			ip("-n", this.network, "link", "set", "switch", "up");
			for (int number = 1; number <= machines; number++) {
				add(number);
			}
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Return the reason why this machine cannot create them.
	 * @return the reason, empty if it can
	 */
	static String obstacle() {
		String probe = "cluster-probe-" + UUID.randomUUID().toString().substring(0, 6);
		try {
			int exit = run(List.of("ip", "netns", "add", probe));
			run(List.of("ip", "netns", "del", probe));
			return (exit == 0) ? "" : "network namespaces need root";
		}
		catch (IOException ex) {
			return "network namespaces need iproute2: " + ex.getMessage();
		}
	}

	/**
	 * Skip the test if this machine cannot create them. With {@code CI=true} in the
	 * environment the test fails instead.
	 */
	static void require() {
		require(obstacle());
	}

	static void require(String obstacle) {
		if ("true".equals(System.getenv("CI"))) {
			assertThat(obstacle).isEmpty();
		}
		assumeThat(obstacle).isEmpty();
	}

	/**
	 * Create a namespace of its own, which is deleted with the others.
	 * @param namespace its name
	 */
	void create(String namespace) {
		this.created.add(namespace);
		ip("netns", "add", namespace);
		ip("-n", namespace, "link", "set", "lo", "up");
	}

	private void add(int number) {
		String machine = name(number);
		create(machine);
		ip("link", "add", "port" + number, "netns", this.network, "type", "veth", "peer", "name", "eth0", "netns",
				machine);
		ip("-n", this.network, "link", "set", "port" + number, "master", "switch", "up");
		ip("-n", machine, "address", "add", address(number) + "/24", "dev", "eth0");
		ip("-n", machine, "link", "set", "eth0", "up");
	}

	/**
	 * Return the name of a machine's namespace.
	 * @param number the machine
	 * @return the name
	 */
	String name(int number) {
		return this.prefix + number;
	}

	static String address(int number) {
		return "10.213.0." + number;
	}

	/** Return the names of nodes on the first machines, one on each. */
	static List<String> nodes(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((number) -> "n" + number + "@" + address(number)).toList();
	}

	/**
	 * Return the prefix that runs a command on a machine.
	 * @param number the machine
	 * @return the words before the command
	 */
	List<String> prefix(int number) {
		return List.of("ip", "netns", "exec", name(number));
	}

	/**
	 * Disconnect a machine from the switch. Its packets are lost without an error.
	 * @param number the machine
	 */
	void cut(int number) {
		ip("-n", this.network, "link", "set", "port" + number, "nomaster");
	}

	void heal(int number) {
		ip("-n", this.network, "link", "set", "port" + number, "master", "switch");
	}

	/**
	 * Cut a link in one direction: packets from one machine to another go to a network
	 * card that does not exist, without an error.
	 * @param from the machine that sends
	 * @param to the machine that receives nothing
	 */
	void cut(int from, int to) {
		ip("-n", name(from), "neighbour", "replace", address(to), "lladdr", "02:00:00:00:00:01", "dev", "eth0", "nud",
				"permanent");
	}

	void heal(int from, int to) {
		ip("-n", name(from), "neighbour", "delete", address(to), "dev", "eth0");
	}

	/**
	 * Heal a link that need not be cut.
	 * @param from the machine that sends
	 * @param to the machine that receives again
	 */
	void restore(int from, int to) {
		cut(from, to);
		heal(from, to);
	}

	/**
	 * Give a machine a slow line with a short queue. Packets that do not fit into the
	 * queue are lost. Needs {@code tc} of iproute2.
	 * @param number the machine
	 * @param megabits the largest number of megabits per second
	 */
	void slowDown(int number, int megabits) {
		ip("netns", "exec", name(number), "tc", "qdisc", "add", "dev", "eth0", "root", "tbf", "rate", megabits + "mbit",
				"burst", "64kb", "latency", "50ms");
	}

	static void ip(String... arguments) {
		List<String> command = new ArrayList<>(List.of("ip"));
		command.addAll(List.of(arguments));
		try {
			assertThat(run(command)).as(String.join(" ", command)).isZero();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static int run(List<String> command) throws IOException {
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
