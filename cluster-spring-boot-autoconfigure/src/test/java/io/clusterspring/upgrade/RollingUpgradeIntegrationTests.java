package io.clusterspring.upgrade;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node of this release beside one of the release before, whichever of them is there
 * first.
 */
class RollingUpgradeIntegrationTests {

	/**
	 * The wire of 0.1.0.
	 */
	private static final String EARLIER = "765865c06886539812835eec7030ceb926d49437";

	private static final String NODES = "n1@127.0.0.1:18040,n2@127.0.0.1:18041";

	private final String cluster = "upgrade-" + UUID.randomUUID();

	private String earlier;

	private UpgradeProcess n1;

	private UpgradeProcess n2;

	@BeforeEach
	void build() {
		this.earlier = EarlierRelease.of(EARLIER).classPath();
	}

	@AfterEach
	void end() {
		for (UpgradeProcess node : new UpgradeProcess[] { this.n1, this.n2 }) {
			if (node != null) {
				node.close();
			}
		}
	}

	@Test
	void everythingGoesOnWhileNodesAreUpgradedAndWhenOneIsRolledBack() throws IOException {
		this.n1 = start(this.earlier, "n1@127.0.0.1:18040");
		this.n1.awaitEvent("job started");
		this.n2 = join(System.getProperty("java.class.path"), "n2@127.0.0.1:18041");
		check();
		assertThat(this.n2.hasTold("job started")).as("the application runs on one node").isFalse();
		this.n1.leave();
		this.n2.awaitEvent("job started");
		this.n1 = join(this.earlier, "n1@127.0.0.1:18040");
		check();
		assertThat(this.n1.hasTold("job started")).as("the application runs on one node").isFalse();
		this.n2.leave();
		this.n1.awaitEvent("job started");
	}

	// on a busy machine an earlier node may found a cluster of its own before the other
	// one answers, and run the application until the two have merged
	private UpgradeProcess join(String classPath, String node) throws IOException {
		return start(classPath, node, "--cluster.sync-nodes-timeout=60s");
	}

	private UpgradeProcess start(String classPath, String node, String... more) throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=0", "--cluster.name=" + this.cluster, "--cluster.node=" + node,
						"--cluster.sync-nodes-optional=" + NODES, "--cluster.cookie=correct horse battery staple",
						"--cluster.stomp.receipts.enabled=true", "--cluster.failure-detection.timeout=30s"));
		arguments.addAll(List.of(more));
		return UpgradeProcess.start(classPath, arguments).awaitReady();
	}

	private void check() {
		try (UpgradeClient ann = UpgradeClient.join(this.n1, "ann");
				UpgradeClient bob = UpgradeClient.join(this.n2, "bob")) {
			ann.await("\"bob\"", "\"desk\"");
			bob.await("\"ann\"", "\"desk\"");
			ann.say("hello bob");
			bob.await("\"said\"", "hello bob");
			bob.say("hello ann");
			ann.await("\"said\"", "hello ann");
		}
		try (UpgradeClient jane = UpgradeClient.stomp(this.n1, "jane");
				UpgradeClient joe = UpgradeClient.stomp(this.n2, "joe")) {
			jane.publish("from jane");
			joe.await("MESSAGE", "from jane");
			joe.publish("from joe");
			jane.await("MESSAGE", "from joe");
			this.n1.tell("joe mail-for-joe");
			joe.await("MESSAGE", "mail-for-joe");
			this.n2.tell("jane mail-for-jane");
			jane.await("MESSAGE", "mail-for-jane");
		}
		this.n1.tell("news of-n1");
		this.n2.awaitEvent("news of-n1");
		this.n2.tell("news of-n2");
		this.n1.awaitEvent("news of-n2");
		for (UpgradeProcess node : List.of(this.n1, this.n2)) {
			assertThat(node.log()).doesNotContain("Skipped a frame", "Refused a frame", "Not connected with", "ERROR");
		}
	}

}
