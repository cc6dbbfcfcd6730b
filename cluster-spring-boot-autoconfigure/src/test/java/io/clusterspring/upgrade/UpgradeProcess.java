package io.clusterspring.upgrade;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.clusterspring.aot.AotNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An {@link UpgradeNode} that runs.
 */
record UpgradeProcess(AotNode node) implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	static UpgradeProcess start(String classPath, List<String> arguments) throws IOException {
		return new UpgradeProcess(
				AotNode.start(List.of("-cp", classPath), UpgradeNode.class, arguments.toArray(String[]::new)));
	}

	UpgradeProcess awaitReady() {
		port();
		return this;
	}

	int port() {
		return Integer.parseInt(this.node.awaitLine("@ready "));
	}

	void tell(String command) {
		this.node.tell(command);
	}

	void awaitEvent(String event) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.node.output()).as(log()).contains("@" + event));
	}

	boolean hasTold(String event) {
		return this.node.hasTold("@" + event);
	}

	String log() {
		return this.node.toString();
	}

	void leave() {
		tell("leave");
		await().atMost(PATIENCE).until(() -> !this.node.isAlive());
	}

	@Override
	public void close() {
		this.node.close();
	}

}
