package io.clusterspring.benchmarks.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.clusterspring.benchmarks.NodeProcess;

/**
 * Nodes of one application, each a process of its own. Node i serves clients on the port
 * i after the first one.
 */
final class HistoryNodes implements AutoCloseable {

	private final List<NodeProcess> nodes = new ArrayList<>();

	private final List<NodeProcess> killed = new ArrayList<>();

	private final List<Integer> ports;

	private HistoryNodes(int port, int count) {
		this.ports = IntStream.range(0, count).mapToObj((i) -> port + i).toList();
	}

	/**
	 * Start nodes, and wait until they have found each other.
	 * @param port the first of their ports
	 * @param count how many there are
	 * @param options the options of each JVM
	 * @param properties properties of each node
	 */
	static HistoryNodes start(int port, int count, List<String> options, List<String> properties) throws IOException {
		HistoryNodes nodes = new HistoryNodes(port, count);
		try {
			nodes.start(options, properties);
			return nodes;
		}
		catch (IOException | RuntimeException ex) {
			nodes.close();
			throw ex;
		}
	}

	private void start(List<String> options, List<String> properties) throws IOException {
		String cluster = "history-" + UUID.randomUUID();
		List<String> all = this.ports.stream().map(HistoryNodes::address).toList();
		for (int port : this.ports) {
			Stream<String> own = Stream.of("--server.port=" + port, "--cluster.name=" + cluster,
					"--cluster.node=" + address(port), "--cluster.sync-nodes-mandatory=" + String.join(",", all),
					"--cluster.sync-nodes-timeout=60s", "--logging.level.root=warn", "--spring.main.banner-mode=off");
			this.nodes
				.add(NodeProcess.start(options, HistoryNode.class, Stream.concat(own, properties.stream()).toList()));
		}
		for (NodeProcess node : this.nodes) {
			node.awaitStart();
		}
	}

	private static String address(int port) {
		return "n" + port + "@127.0.0.1:" + (port + 10);
	}

	List<Integer> ports() {
		return List.copyOf(this.ports);
	}

	int size() {
		return this.nodes.size();
	}

	/** Kill the last node, so that it cannot tell the others. */
	void killLast() {
		NodeProcess last = this.nodes.remove(this.nodes.size() - 1);
		this.killed.add(last);
		last.handle().destroyForcibly();
	}

	// sends a command to each node
	List<String> ask(String command) throws IOException {
		List<String> answers = new ArrayList<>();
		for (NodeProcess node : this.nodes) {
			answers.add(node.ask(command));
		}
		return answers;
	}

	// sends a command that is answered by a number, and returns the sum
	long sum(String command) throws IOException {
		return ask(command).stream().mapToLong(Long::parseLong).sum();
	}

	/** Send a command to the first node. */
	String askFirst(String command) throws IOException {
		return this.nodes.get(0).ask(command);
	}

	/** Publish in rooms, at a rate of all nodes together. */
	void publish(int rate, int rooms, int size) throws IOException {
		for (int i = 0; i < this.nodes.size(); i++) {
			int share = rate / this.nodes.size() + ((i < rate % this.nodes.size()) ? 1 : 0);
			this.nodes.get(i).ask("publish " + share + " " + rooms + " " + size);
		}
	}

	@Override
	public void close() {
		this.nodes.forEach((node) -> node.handle().destroy());
		this.nodes.forEach(NodeProcess::close);
		this.killed.forEach(NodeProcess::close);
	}

}
