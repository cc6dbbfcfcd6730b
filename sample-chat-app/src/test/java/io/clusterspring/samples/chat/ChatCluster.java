package io.clusterspring.samples.chat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The nodes of a test, with a cluster name and ports of their own. All end with the test.
 */
final class ChatCluster implements AutoCloseable {

	static final String N1 = "n1@127.0.0.1";

	static final String N2 = "n2@127.0.0.1";

	private final String name;

	private final PortBlock ports = PortBlock.reserve();

	private final List<ChatNode> nodes = new ArrayList<>();

	private final Thread hook = new Thread(this::killAll);

	ChatCluster(String purpose) {
		this.name = purpose + "-" + UUID.randomUUID().toString().substring(0, 8);
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	String name() {
		return this.name;
	}

	PortBlock ports() {
		return this.ports;
	}

	/**
	 * Start a node on the next HTTP port.
	 */
	ChatNode start(String node, String... arguments) throws IOException {
		return start(node, this.ports.nextHttp(), arguments);
	}

	/**
	 * Return the node if it is alive, otherwise start it. A restart uses the same HTTP
	 * port.
	 */
	ChatNode ensure(ChatNode present, String node, String... arguments) throws IOException {
		if (present != null && present.isAlive()) {
			return present;
		}
		return start(node, (present != null) ? present.httpPort() : this.ports.nextHttp(), arguments);
	}

	private ChatNode start(String node, int httpPort, String... arguments) throws IOException {
		String[] all = Stream
			.concat(Stream.of("--cluster.name=" + this.name, "--cluster.port=" + this.ports.cluster()),
					Stream.of(arguments))
			.toArray(String[]::new);
		return start(node, httpPort, Map.of(), all);
	}

	/**
	 * Start a node as the README shows it.
	 */
	ChatNode startAsInReadme(String node) throws IOException {
		return start(node, this.ports.nextHttp(), Map.of("CLUSTER_NAME", this.name));
	}

	/**
	 * Start a node by a given command.
	 */
	synchronized ChatNode adopt(String node, int httpPort, String... command) throws IOException {
		return add(ChatNode.run(node, httpPort, nextLog(node), Map.of(), List.of(command)));
	}

	private synchronized ChatNode start(String node, int httpPort, Map<String, String> environment, String... arguments)
			throws IOException {
		return add(ChatNode.start(node, httpPort, nextLog(node), environment, arguments));
	}

	private Path nextLog(String node) {
		return Path.of("target", "chat-nodes", this.name, (this.nodes.size() + 1) + "-" + node + ".log");
	}

	private ChatNode add(ChatNode started) {
		this.nodes.add(started);
		return started;
	}

	/**
	 * Wait until all live nodes serve requests and see each other.
	 */
	void awaitWhole() {
		List<ChatNode> live = this.nodes.stream().filter(ChatNode::isAlive).toList();
		String[] names = live.stream().map(ChatNode::name).toArray(String[]::new);
		live.forEach(ChatNode::awaitServing);
		live.forEach((node) -> ChatNode.eventually()
			.untilAsserted(() -> assertThat(node.nodes()).containsExactlyInAnyOrder(names)));
	}

	private synchronized void killAll() {
		this.nodes.forEach(ChatNode::kill);
	}

	@Override
	public void close() throws IOException {
		killAll();
		this.ports.close();
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

}
