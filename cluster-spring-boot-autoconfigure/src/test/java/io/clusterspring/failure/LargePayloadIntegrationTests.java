package io.clusterspring.failure;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.NodeLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests payloads that take seconds on a line of 100 Mbit/s, among small messages.
 */
class LargePayloadIntegrationTests {

	private static final int LARGE = 20_000_000;

	// a line that two nodes fill sometimes stands still for a moment, also with TCP
	private static final List<String> LARGER = List.of("-Xmx512m", "-Dpayload=" + (32 << 20), "-Dpatience=3000");

	private NetworkNamespaces network;

	private NodeProcesses nodes;

	@BeforeEach
	void startThree() throws Exception {
		NetworkNamespaces.require();
		List<String> listed = NetworkNamespaces.nodes(3);
		this.network = new NetworkNamespaces(3);
		this.nodes = new NodeProcesses(29590, NodeLimits.DEFAULT.detection(), listed);
		for (int number = 1; number <= 3; number++) {
			this.network.slowDown(number, 100);
			this.nodes.start(listed.get(number - 1), this.network.prefix(number), LARGER);
		}
		this.nodes.awaitAll();
		this.nodes.get("n1").tell("publish 500 1000");
		this.nodes.awaitFlow("n2", "n1");
		this.nodes.awaitFlow("n3", "n1");
	}

	@AfterEach
	void stop() {
		if (this.nodes != null) {
			this.nodes.close();
		}
		if (this.network != null) {
			this.network.close();
		}
	}

	@Test
	void costNoSmallMessageOfTheirPublisherAndKeepTheirPlaceAmongThem() {
		for (int i = 0; i < 3; i++) {
			this.nodes.get("n1").tell("large " + LARGE);
			pass(1000);
		}
		nothingIsMissing();
		assertThat(this.nodes.get("n1").report().longestWait()).as("ms of the longest broadcast").isGreaterThan(1000);
	}

	@Test
	void letSmallMessagesOfOthersPassBetweenTheirPieces() {
		long before = this.nodes.get("n1").report().sent();
		this.nodes.get("n1").tell("beside " + LARGE);
		for (String name : List.of("n2", "n3")) {
			this.nodes.get(name).awaitEvent("beside n1 " + LARGE, 1, NodeProcesses.PATIENCE);
			String heard = this.nodes.get(name)
				.events()
				.stream()
				.filter((event) -> event.startsWith("@beside"))
				.findFirst()
				.orElseThrow()
				.split(" ")[3];
			assertThat(NodeReport.Stream.of(heard).last() - before).as("messages that overtook it at " + name)
				.isGreaterThan(300);
		}
		pass(100);
		nothingIsMissing();
	}

	@Test
	void goOneAfterTheOtherWhenSeveralThreadsSendThem() {
		for (int i = 0; i < 3; i++) {
			this.nodes.get("n1").tell("beside " + (LARGE / 4));
			this.nodes.get("n2").tell("beside " + (LARGE / 4));
		}
		this.nodes.get("n3").awaitEvent("beside n1 " + (LARGE / 4), 3, NodeProcesses.PATIENCE);
		this.nodes.get("n3").awaitEvent("beside n2 " + (LARGE / 4), 3, NodeProcesses.PATIENCE);
		pass(100);
		nothingIsMissing();
	}

	private void pass(int messages) {
		long number = this.nodes.get("n1").report().sent() + messages;
		this.nodes.awaitNumber("n2", "n1", number);
		this.nodes.awaitNumber("n3", "n1", number);
	}

	private void nothingIsMissing() {
		NodeReport publisher = this.nodes.get("n1").report();
		assertThat(publisher.dropped()).isZero();
		for (String name : List.of("n2", "n3")) {
			NodeReport.Stream heard = this.nodes.get(name).report().from("n1");
			assertThat(heard.missing()).as(name).isZero();
			assertThat(heard.repeated()).as(name).isZero();
			assertThat(this.nodes.get(name).events()).as("views of " + name)
				.noneMatch((event) -> event.startsWith("@down"));
		}
	}

}
