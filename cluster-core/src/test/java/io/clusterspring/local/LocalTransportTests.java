package io.clusterspring.local;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterTransportContractTests;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LocalTransportTests extends ClusterTransportContractTests {

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("test");

	@Override
	protected ClusterTransport transport(Node node) {
		return this.network.transport(node);
	}

	@Override
	protected void cutOff(ClusterTransport transport) {
		this.network.partition(Set.of(transport.self()));
	}

	@Override
	protected void heal() {
		this.network.heal();
	}

	@Test
	void partitionsWorkSeparatelyAndMergeAgain() {
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
	void olderNodeKeepsTheNameIfBothAreAlone() {
		Peer older = connect(N2);
		this.network.partition(Set.of(N2));
		Peer younger = connect(N2);
		this.network.heal();
		await().until(() -> younger.heard.evictions() == 1);
		connect(N1).send("hello");
		await().untilAsserted(() -> assertThat(older.heard.frames()).containsExactly("n1:hello"));
		assertThat(older.heard.evictions()).isZero();
		assertThat(younger.heard.frames()).isEmpty();
	}

	@Test
	void nameThatMovesToAnotherNodeLeavesAndJoins() {
		connect(N1);
		connect(N2);
		Peer third = connect(N3);
		this.network.partition(Set.of(N1, N2));
		connect(N2);
		await().untilAsserted(() -> assertThat(third.heard.nodes()).containsExactly(N3, N2));
		int seen = third.heard.views().size();
		this.network.heal();
		await().untilAsserted(() -> assertThat(third.heard.nodes()).containsExactly(N1, N2, N3));
		assertThat(third.heard.views().subList(seen, seen + 2)).extracting(ClusterView::nodes)
			.containsExactly(List.of(N1, N3), List.of(N1, N2, N3));
		assertThat(third.heard.views()).extracting(ClusterView::id).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void killedNodeNeitherSendsNorReceives() {
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
