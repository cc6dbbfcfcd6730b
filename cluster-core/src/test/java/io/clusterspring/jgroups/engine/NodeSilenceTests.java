package io.clusterspring.jgroups.engine;

import java.util.ArrayList;
import java.util.List;

import org.jgroups.Address;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

import static org.assertj.core.api.Assertions.assertThat;

class NodeSilenceTests {

	private static final int INTERVALS_OF_A_CONNECTION = 5;

	private static final int INTERVALS = 7;

	private final Address member = MemberAddress.newAddress(Node.of("n2@h"), 2);

	private final List<Address> connected = new ArrayList<>();

	@Test
	void silentMemberGetsOneNewConnectionBeforeItIsSuspected() {
		Silent silence = silence(5400, 800);
		assertThat(intervals(silence, INTERVALS_OF_A_CONNECTION)).isFalse();
		assertThat(this.connected).isEmpty();
		assertThat(silence.isSilent(this.member)).isFalse();
		assertThat(intervals(silence, INTERVALS - INTERVALS_OF_A_CONNECTION)).isFalse();
		assertThat(this.connected).containsExactly(this.member);
		assertThat(silence.isSilent(this.member)).isTrue();
		assertThat(intervals(silence, 1)).isTrue();
		assertThat(this.connected).hasSize(1);
	}

	@Test
	void memberThatIsHeardAgainIsNotSilentAndGetsAnotherConnectionTheNextTime() {
		Silent silence = silence(5400, 800);
		intervals(silence, INTERVALS);
		silence.update(this.member, false, false);
		assertThat(silence.isSilent(this.member)).isFalse();
		assertThat(intervals(silence, INTERVALS)).isFalse();
		assertThat(this.connected).hasSize(2);
	}

	@Test
	void memberGetsNoNewConnectionThatThereWouldBeNoTimeFor() {
		Silent silence = silence(1900, 300);
		assertThat(intervals(silence, INTERVALS)).isFalse();
		assertThat(intervals(silence, 1)).isTrue();
		assertThat(this.connected).isEmpty();
		assertThat(silence.isSilent(this.member)).isFalse();
	}

	private Silent silence(long timeout, long interval) {
		Silent silence = new Silent();
		silence.setTimeout(timeout).setInterval(interval);
		silence.update(this.member, false, false);
		return silence;
	}

	// whether the member is suspected in the last one
	private static boolean intervals(Silent silence, int count) {
		boolean suspected = false;
		for (int i = 0; i < count; i++) {
			suspected = silence.endInterval();
		}
		return suspected;
	}

	/**
	 * Takes note of the members that get a connection.
	 */
	private final class Silent extends NodeSilence {

		boolean endInterval() {
			Address member = NodeSilenceTests.this.member;
			return needsToBeSuspected(member, this.timestamps.get(member));
		}

		@Override
		void connectAnew(Address silent) {
			NodeSilenceTests.this.connected.add(silent);
		}

	}

}
