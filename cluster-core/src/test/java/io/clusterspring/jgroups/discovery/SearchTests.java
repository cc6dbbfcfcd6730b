package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Responses;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.DiscoveryRound.Target;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Search}, of node n2.
 */
class SearchTests {

	private static final PortRange PORTS = new PortRange(7800, 10);

	private static final Target TARGET = new Target("127.0.0.1", PORTS);

	private final Address n1 = address(1);

	private final Address n3 = address(3);

	private long millis = 1000;

	private final Search search = new Search(() -> TimeUnit.MILLISECONDS.toNanos(this.millis));

	private Responses found = new Responses(true);

	@Test
	void firstOfAllFoundsTheCluster() {
		DiscoveryRound round = begin();
		answer(this.n3);
		this.search.end(round);
		assertThat(this.search.isFounding()).isTrue();
		assertThat(this.found.isDone()).isTrue();
		this.search.ended();
		assertThat(this.search.isFounding()).isFalse();
	}

	@Test
	void nodeThatIsNotTheFirstAsksTheFirstAloneTheNextTime() {
		knowTheFirst();
		assertThat(this.search.isFollowing()).isTrue();
		assertThat(this.search.first()).isEqualTo(this.n1);
	}

	@Test
	void roundIsNotOverWhileTheFirstAnswers() {
		DiscoveryRound round = knowTheFirst();
		settle(round, List.of());
		for (int i = 0; i < 100; i++) {
			this.millis += 900;
			answer(this.n1);
			assertThat(this.search.isFollowing()).isTrue();
			assertThat(this.found.isDone()).isFalse();
			assertThat(this.search.isWorthWaiting(round, true)).isTrue();
		}
		this.millis += 1000;
		assertThat(this.search.isFollowing()).isFalse();
	}

	@Test
	void whenTheFirstIsGoneAllAreAskedAgain() {
		DiscoveryRound round = knowTheFirst();
		this.search.lost(this.n3);
		assertThat(this.search.isFollowing()).isTrue();
		this.search.lost(this.n1);
		assertThat(this.search.isFollowing()).isFalse();
		settle(round, List.of());
		this.search.learn((any) -> {
		});
		assertThat(this.search.isFounding()).isTrue();
	}

	@Test
	void clusterThatIsFoundEndsTheSearch() {
		DiscoveryRound round = begin();
		answer(this.n1);
		this.found.done();
		this.search.end(round);
		begin();
		assertThat(this.search.isFollowing()).isFalse();
	}

	@Test
	void nextStartKnowsNobody() {
		knowTheFirst();
		this.search.reset();
		begin();
		assertThat(this.search.isFollowing()).isFalse();
		assertThat(this.search.first()).isNull();
	}

	@Test
	void newsOfAnotherNodeAreWaitedForAgain() {
		DiscoveryRound round = begin();
		this.millis += 8999;
		assertThat(this.search.isWorthWaiting(round, true)).isTrue();
		answer(this.n3);
		this.millis += 8999;
		assertThat(this.search.isWorthWaiting(round, true)).isTrue();
		answer(this.n3);
		this.millis += 1;
		assertThat(this.search.isWorthWaiting(round, true)).as("known already").isFalse();
	}

	@Test
	void placeThatHasAnsweredIsNotAskedWithItsTargetAgain() {
		begin();
		assertThat(this.search.hasAnswered(at(7801))).isFalse();
		answer(this.n1);
		assertThat(this.search.hasAnswered(at(7801))).isTrue();
		assertThat(this.search.hasAnswered(at(7803))).isFalse();
	}

	@Test
	void manyNodesAskLessOften() {
		begin();
		assertThat(this.search.pauseMillis()).isEqualTo(50);
		for (int i = 1; i <= 15; i++) {
			answer(address(100 + i));
		}
		assertThat(this.search.pauseMillis()).isEqualTo(100);
	}

	private DiscoveryRound knowTheFirst() {
		DiscoveryRound before = begin();
		answer(this.n1);
		this.search.end(before);
		assertThat(this.search.isFounding()).isFalse();
		return begin();
	}

	private DiscoveryRound begin() {
		this.found = new Responses(true);
		DiscoveryRound round = new DiscoveryRound(address(2),
				Stream.of("n1", "n2", "n3").map((name) -> NodeAddress.of(name + "@127.0.0.1")).toList(), PORTS);
		this.search.begin(round, this.found);
		return round;
	}

	private void settle(DiscoveryRound round, List<PhysicalAddress> taken) {
		round.located(Set.of(TARGET), true);
		round.asked(TARGET, taken, true);
	}

	private void answer(Address from) {
		int number = MemberAddress.nodeOf(from).name().charAt(1) - '0';
		this.search.answered(from, at(7800 + number));
	}

	private static PhysicalAddress at(int port) {
		return new IpAddress(InetAddress.getLoopbackAddress(), port);
	}

	private static Address address(int number) {
		return MemberAddress.newAddress(Node.of("n" + number + "@127.0.0.1"), number);
	}

}
