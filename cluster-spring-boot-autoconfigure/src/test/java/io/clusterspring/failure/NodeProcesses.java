package io.clusterspring.failure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.awaitility.core.ConditionTimeoutException;

import io.clusterspring.jgroups.NodeLimits;

import static org.awaitility.Awaitility.await;

/**
 * The nodes of a test, {@code n1} and so on, each in a process.
 */
final class NodeProcesses implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<String> arguments;

	private final List<String> listed;

	private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();

	private final List<NodeProcess> started = new ArrayList<>();

	NodeProcesses(int port, Duration detection, List<String> listed) {
		this.arguments = List.of("failure-" + UUID.randomUUID(), "" + port, "" + detection);
		this.listed = listed;
	}

	static NodeProcesses start(int port) throws IOException {
		return start(port, NodeLimits.DEFAULT.detection());
	}

	static NodeProcesses start(int port, Duration detection) throws IOException {
		NodeProcesses nodes = new NodeProcesses(port, detection,
				List.of("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1"));
		try {
			for (String node : nodes.listed) {
				nodes.start(node, List.of());
			}
			nodes.awaitAll();
			return nodes;
		}
		catch (RuntimeException | Error ex) {
			nodes.close();
			throw ex;
		}
	}

	NodeProcess start(String node, List<String> prefix) throws IOException {
		return start(node, prefix, List.of());
	}

	NodeProcess start(String node, List<String> prefix, List<String> options) throws IOException {
		NodeProcess process = NodeProcess.start(NodeMain.class, prefix, options, this.arguments, node, this.listed);
		this.started.add(process);
		this.nodes.put(node.substring(0, node.indexOf('@')), process);
		return process;
	}

	void awaitAll() {
		try {
			this.nodes.forEach((name, process) -> {
				process.awaitEvent("started", 1, PATIENCE);
				this.nodes.keySet()
					.stream()
					.filter((other) -> !other.equals(name))
					.forEach((other) -> process.awaitEvent("up " + other, 1, PATIENCE));
			});
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("Not all nodes are there:" + this, ex);
		}
	}

	NodeProcess get(String name) {
		return Objects.requireNonNull(this.nodes.get(name));
	}

	void tellAll(String command) {
		this.nodes.values().forEach((process) -> process.tell(command));
	}

	/**
	 * Wait until a node receives messages that another node publishes from now on.
	 * @param to the node that receives
	 * @param from the node that publishes
	 */
	void awaitFlow(String to, String from) {
		awaitNumber(to, from, get(from).report().sent() + 1);
	}

	void awaitNumber(String to, String from, long number) {
		await().atMost(PATIENCE)
			.until(() -> get(to).report().heard().stream().anyMatch((stream) -> stream.isAt(from, number)));
	}

	/**
	 * Return what all processes have said, for a failure.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		this.started.forEach((process) -> text.append('\n').append(process));
		return text.toString();
	}

	@Override
	public void close() {
		this.started.forEach(NodeProcess::close);
	}

}
