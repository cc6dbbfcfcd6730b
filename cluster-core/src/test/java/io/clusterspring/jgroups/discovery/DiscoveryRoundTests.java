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
		round.asked(TARGET, Set.of(), true);
		assertThat(round.isOver()).isTrue();
		assertThat(round.isFirst()).isTrue();
	}

	@Test
	void waitsForTheAnswerOfWhoListens() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.asked(TARGET, Set.of(at(7801)), true);
		assertThat(round.isOver()).isFalse();
		round.answeredBy(address("n1", 0), at(7801));
		assertThat(round.isOver()).isTrue();
		assertThat(round.isFirst()).isFalse();
	}

	@Test
	void awaitsTheAnswerOfANodeThatTookTheQuestion() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.asked(TARGET, Set.of(), true);
		assertThat(round.isAnswerAwaited()).isFalse();
		round.asked(TARGET, Set.of(at(7801)), true);
		assertThat(round.isAnswerAwaited()).isTrue();
		round.answeredBy(address("n1", 0), at(7801));
		assertThat(round.isAnswerAwaited()).isFalse();
	}

	@Test
	void awaitsItAsWellWhileAnotherPortIsSilent() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.asked(TARGET, Set.of(at(7801)), false);
		assertThat(round.isAnswerAwaited()).isTrue();
		round.answeredBy(address("n1", 0), at(7801));
		assertThat(round.isAnswerAwaited()).isFalse();
		assertThat(round.isOver()).isFalse();
	}

	@Test
	void awaitsTheFirstNewsOfEachTarget() {
		DiscoveryRound round = new DiscoveryRound(this.own, List.of(), PORTS);
		assertThat(round.isAnswerAwaited()).as("the lookup has not come back").isTrue();
		round.located(Set.of(TARGET), true);
		assertThat(round.isAnswerAwaited()).as("nobody was asked").isTrue();
		round.asked(TARGET, Set.of(), false);
		assertThat(round.isAnswerAwaited()).isFalse();
	}

	@Test
	void awaitsTheEndOfASlowConnection() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.asking(TARGET, at(7801));
		round.asked(TARGET, Set.of(), false);
		assertThat(round.isAnswerAwaited()).as("it may take the question").isTrue();
		round.asked(TARGET, at(7801), true);
		assertThat(round.isAnswerAwaited()).as("it has the question").isTrue();
		round.asked(TARGET, Set.of(at(7801)), true);
		round.answeredBy(address("n1", 0), at(7801));
		assertThat(round.isAnswerAwaited()).isFalse();
		assertThat(round.isOver()).isTrue();
	}

	@Test
	void doesNotWaitForAPlaceThatIsTriedInVain() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.asking(TARGET, at(7801));
		round.asked(TARGET, Set.of(), false);
		round.asked(TARGET, at(7801), false);
		assertThat(round.isAnswerAwaited()).isFalse();
		round.asking(TARGET, at(7801));
		assertThat(round.isAnswerAwaited()).isFalse();
		round.asked(TARGET, at(7801), true);
		assertThat(round.isAnswerAwaited()).as("somebody is there now").isTrue();
	}

	@Test
	void nodeThatListensElsewhereIsAskedThereTheNextTime() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.asked(TARGET, Set.of(at(7801)), true);
		round.answeredBy(address("n1", 0), at(9000));
		assertThat(round.isAnswerAwaited()).isTrue();
		round.asked(TARGET, Set.of(at(9000)), true);
		assertThat(round.isAnswerAwaited()).isFalse();
		assertThat(round.isOver()).isTrue();
	}

	@Test
	void questionSaysWhoIsThereAndSettlesNothing() {
		DiscoveryRound round = round("n2@127.0.0.1", "n3@10.0.0.2");
		Address third = MemberAddress.newAddress(Node.of("n3@10.0.0.2"), 2);
		round.asked(TARGET, Set.of(), true);
		round.asked(new Target("10.0.0.2", PORTS), Set.of(at(7802)), true);
		round.askedBy(third);
		assertThat(round.isOver()).as("it may be founding a cluster").isFalse();
		assertThat(round.isAnswerAwaited()).isTrue();
		round.answeredBy(third, at(7802));
		assertThat(round.isOver()).isTrue();
		assertThat(round.isFirst()).isTrue();
	}

	@Test
	void nodeThatSortsFirstIsKnownByItsQuestion() {
		DiscoveryRound round = round("n1@10.0.0.1", "n2@127.0.0.1");
		round.askedBy(MemberAddress.newAddress(Node.of("n1@10.0.0.1"), 0));
		assertThat(round.isFirst()).isFalse();
	}

	@Test
	void answerMayComeBeforeTheAskingIsDone() {
		DiscoveryRound round = round("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");
		round.answeredBy(address("n3", 2), at(7801));
		round.asked(TARGET, Set.of(at(7801)), true);
		assertThat(round.isOver()).isTrue();
		assertThat(round.isFirst()).isTrue();
	}

	@Test
	void isOverWhenEverybodyAnsweredEvenIfSomeHostIsNotSettled() {
		DiscoveryRound round = round("n1@10.0.0.1", "n3@10.0.0.2");
		round.answeredBy(MemberAddress.newAddress(Node.of("n1@10.0.0.1"), 0), null);
		assertThat(round.isOver()).isFalse();
		round.answeredBy(MemberAddress.newAddress(Node.of("n3@10.0.0.2"), 2), null);
		assertThat(round.isOver()).isTrue();
	}

	@Test
	void looksForAnotherProcessOfItsOwnName() {
		DiscoveryRound round = round("n1@10.0.0.1", "n2@127.0.0.1");
		round.answeredBy(MemberAddress.newAddress(Node.of("n1@10.0.0.1"), 0), null);
		assertThat(round.isOver()).isFalse();
		round.asked(TARGET, Set.of(at(7800)), true);
		assertThat(round.isOver()).isFalse();
		round.answeredBy(address("n2", 1), at(7800));
		assertThat(round.isOver()).isTrue();
	}

	@Test
	void isNotOverAsLongAsThereMayBeOtherPlaces() {
		DiscoveryRound round = new DiscoveryRound(this.own, List.of(), PORTS);
		assertThat(round.isOver()).isFalse();
		round.located(Set.of(TARGET), false);
		round.asked(TARGET, Set.of(), true);
		assertThat(round.isOver()).isFalse();
		round.located(Set.of(TARGET, new Target("127.0.0.2", PORTS)), true);
		assertThat(round.isOver()).isFalse();
		round.asked(new Target("127.0.0.2", PORTS), Set.of(), true);
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
