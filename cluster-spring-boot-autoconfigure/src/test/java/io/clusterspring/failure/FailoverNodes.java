package io.clusterspring.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The nodes of a test of distributed applications, each in a process.
 */
final class FailoverNodes implements AutoCloseable {

	private final Path file;

	private final RunLog log;

	private final List<String> arguments;

	private final List<String> listed;

	private final Map<String, NodeProcess> nodes = new HashMap<>();

	private final List<NodeProcess> started = new ArrayList<>();

	// a node that has started does not vote for a little longer than a lease
	private final Duration patience;

	FailoverNodes(int port, List<String> listed, Duration timeout, String quorum, Duration lease) throws IOException {
		this.file = Files.createTempFile("failover", ".log");
		this.log = new RunLog(this.file);
		this.patience = NodeProcesses.PATIENCE.plus(lease);
		this.arguments = List.of("failover-" + UUID.randomUUID(), "" + port, "PT8S", this.file.toString(), "" + timeout,
				quorum, "" + lease);
		this.listed = listed;
	}

	static FailoverNodes start(int port, Duration timeout, String quorum, Duration lease) throws IOException {
		FailoverNodes nodes = new FailoverNodes(port, List.of("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1"), timeout,
				quorum, lease);
		try {
			for (String node : nodes.listed) {
				nodes.startAndAwait(node, List.of());
			}
			nodes.awaitRunningAt("n1");
			return nodes;
		}
		catch (RuntimeException | Error ex) {
			nodes.close();
			throw ex;
		}
	}

	void start(String node, List<String> prefix) {
		try {
			NodeProcess process = NodeProcess.start(FailoverMain.class, prefix, this.arguments, node, this.listed);
			this.started.add(process);
			this.nodes.put(node.substring(0, node.indexOf('@')), process);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Start a node, and wait until it and all earlier nodes see each other.
	 * @param node the node
	 * @param prefix the words before the command
	 */
	void startAndAwait(String node, List<String> prefix) {
		Map<String, NodeProcess> others = new HashMap<>(this.nodes);
		start(node, prefix);
		NodeProcess process = get(node.substring(0, node.indexOf('@')));
		process.awaitEvent("started", 1, NodeProcesses.PATIENCE);
		others.keySet().forEach((other) -> process.awaitEvent("up " + other, 1, NodeProcesses.PATIENCE));
	}

	RunLog log() {
		return this.log;
	}

	void assertNoOverlap() {
		assertThat(this.log.overlaps()).as(this::toString).isEmpty();
		this.log.assertNoOverlap();
	}

	NodeProcess get(String name) {
		return Objects.requireNonNull(this.nodes.get(name));
	}

	void kill(String name) {
		get(name).signal("KILL");
		get(name).awaitExit();
		this.log.gone(name);
	}

	void leave(String name) {
		get(name).tell("leave");
		get(name).awaitExit();
	}

	/**
	 * Wait until both applications run on a node, by their last start without a stop, and
	 * all running nodes see each other.
	 * @param name the node
	 */
	void awaitRunningAt(String name) {
		await().atMost(this.patience).untilAsserted(() -> {
			for (String application : List.of("a", "b")) {
				List<String> changes = this.log.lines("start", "stop")
					.stream()
					.filter((line) -> line.application().equals(application))
					.map((line) -> line.kind() + " at " + line.node())
					.toList();
				assertThat(changes).as(this::toString).endsWith("start at " + name);
			}
		});
	}

	/**
	 * Return the log of all nodes, and the output of each.
	 */
	@Override
	public String toString() {
		StringBuilder all = new StringBuilder(this.log + "\n");
		this.nodes.forEach((name, process) -> all.append(name).append(process.events()).append(process.output()));
		return all.toString();
	}

	RunLog.Line lastStart(String application) {
		List<RunLog.Line> starts = this.log.starts(application);
		return starts.get(starts.size() - 1);
	}

	@Override
	public void close() {
		this.started.forEach(NodeProcess::close);
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
