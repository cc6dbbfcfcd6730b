package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.DiscoveryRound.Target;

import static org.assertj.core.api.Assertions.assertThat;

class DiscoveryRoundTests {

	private static final PortRange PORTS = new PortRange(7800, 10);

	private static final Target TARGET = new Target("127.0.0.1", PORTS);

	private final Address own = address("n2", 1);

	@Test
	void withoutListedNodesThereIsNobodyToLookFor() {
		DiscoveryRound round = round();
		assertThat(round.isOver()).isTrue();
		assertThat(round.isFirst()).isTrue();
	}

	@Test
	void isOverWhenNobodyListens() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1");
		assertThat(round.isOver()).isFalse();
		round.asked(TARGET, Set.of());
		assertThat(round.isOver()).isTrue();
		assertThat(round.isFirst()).isTrue();
	}

	@Test
	void waitsForTheAnswerOfWhoListens() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.asked(TARGET, Set.of(at(7801)));
		assertThat(round.isOver()).isFalse();
		round.heard(address("n1", 0), at(7801));
		assertThat(round.isOver()).isTrue();
		assertThat(round.isFirst()).isFalse();
	}

	@Test
	void awaitsTheAnswerOfANodeThatTookTheQuestion() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		assertThat(round.isAnswerAwaited()).isFalse();
		round.asked(TARGET, Set.of());
		assertThat(round.isAnswerAwaited()).isFalse();
		round.asked(TARGET, Set.of(at(7801)));
		assertThat(round.isAnswerAwaited()).isTrue();
		round.heard(address("n1", 0), at(7801));
		assertThat(round.isAnswerAwaited()).isFalse();
	}

	@Test
	void answerMayComeBeforeTheAskingIsDone() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.heard(address("n3", 2), at(7801));
		round.asked(TARGET, Set.of(at(7801)));
		assertThat(round.isOver()).isTrue();
		assertThat(round.isFirst()).isTrue();
	}

	@Test
	void isOverWhenEverybodyAnsweredEvenIfSomeHostIsNotSettled() {
		DiscoveryRound round = round("n1@10.0.0.1", "n3@10.0.0.2");
		round.heard(MemberAddress.newAddress(Node.of("n1@10.0.0.1"), 0), null);
		assertThat(round.isOver()).isFalse();
		round.heard(MemberAddress.newAddress(Node.of("n3@10.0.0.2"), 2), null);
		assertThat(round.isOver()).isTrue();
	}

	@Test
	void looksForAnotherProcessOfItsOwnName() {
		DiscoveryRound round = round("n1@10.0.0.1", "n2@127.0.0.1");
		round.heard(MemberAddress.newAddress(Node.of("n1@10.0.0.1"), 0), null);
		assertThat(round.isOver()).isFalse();
		round.asked(TARGET, Set.of(at(7800)));
		assertThat(round.isOver()).isFalse();
		round.heard(address("n2", 1), at(7800));
		assertThat(round.isOver()).isTrue();
	}

	@Test
	void isNotOverAsLongAsThereMayBeOtherPlaces() {
		DiscoveryRound round = new DiscoveryRound(this.own, List.of(), PORTS);
		assertThat(round.isOver()).isFalse();
		round.located(Set.of(TARGET), false);
		round.asked(TARGET, Set.of());
		assertThat(round.isOver()).isFalse();
		round.located(Set.of(TARGET, new Target("127.0.0.2", PORTS)), true);
		assertThat(round.isOver()).isFalse();
		round.asked(new Target("127.0.0.2", PORTS), Set.of());
		assertThat(round.isOver()).isTrue();
	}

	private DiscoveryRound round(String... listed) {
		List<NodeAddress> nodes = Stream.of(listed).map(NodeAddress::of).toList();
		DiscoveryRound round = new DiscoveryRound(this.own, nodes, PORTS);
		round.located(nodes.stream().map((node) -> Target.of(Seed.of(node), PORTS)).toList(), true);
		return round;
	}

	private static Address address(String name, int rank) {
		return MemberAddress.newAddress(Node.of(name + "@127.0.0.1"), rank);
	}

	private static PhysicalAddress at(int port) {
		return new IpAddress(InetAddress.getLoopbackAddress(), port);
	}

}
