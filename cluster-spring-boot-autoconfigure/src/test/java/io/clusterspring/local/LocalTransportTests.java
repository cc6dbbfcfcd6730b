package io.clusterspring.local;

import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterTransportContractTests;
import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LocalTransportTests extends ClusterTransportContractTests {

	private final LocalNetwork network = new LocalNetwork("test");

	@Override
	protected ClusterTransport transport(Node node) {
		return this.network.transport(node);
	}

	@AfterEach
	void close() {
		this.network.close();
	}

	@Test
	void sidesOfAPartitionGoOnAloneAndMeetAgain() {
		Peer first = connect(N1);
		Peer second = connect(N2);
		Peer third = connect(N3);
		this.network.partition(Set.of(N1), Set.of(N2, N3));
		first.send("lost");
		second.send("kept");
		await().untilAsserted(() -> {
			assertThat(first.heard.nodes()).containsExactly(N1);
			assertThat(third.heard.nodes()).containsExactly(N2, N3);
			assertThat(third.heard.frames()).containsExactly("n2:kept");
		});
		this.network.heal();
		first.send("back");
		await().untilAsserted(() -> {
			assertThat(second.heard.nodes()).containsExactly(N1, N2, N3);
			assertThat(second.heard.frames()).containsExactly("n1:back");
		});
		assertThat(first.heard.frames()).isEmpty();
	}

	@Test
	void killedNodeNeitherSendsNorHears() {
		Peer first = connect(N1);
		Peer second = connect(N2);
		this.network.kill(N2);
		second.send("from the dead");
		first.send("anybody?");
		await().untilAsserted(() -> assertThat(first.heard.nodes()).containsExactly(N1));
		connect(N3).send("alive");
		await().untilAsserted(() -> assertThat(first.heard.frames()).containsExactly("n3:alive"));
		assertThat(second.heard.frames()).isEmpty();
		assertThat(second.heard.nodes()).containsExactly(N1, N2);
	}

}
