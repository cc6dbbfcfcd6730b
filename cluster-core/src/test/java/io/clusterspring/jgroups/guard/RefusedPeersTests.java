package io.clusterspring.jgroups.guard;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.RefusedPeer;
import io.clusterspring.RefusedPeer.Reason;

import static org.assertj.core.api.Assertions.assertThat;

class RefusedPeersTests {

	private static final long HOUR = TimeUnit.HOURS.toNanos(1);

	private final RefusedPeers peers = new RefusedPeers();

	@Test
	void onePeerIsNewsOnceAnHour() {
		RefusedPeer peer = new RefusedPeer("10.0.0.7", Reason.COOKIE, "wrong cookie");
		assertThat(this.peers.isNews("10.0.0.7", peer, 0)).isTrue();
		assertThat(this.peers.isNews("10.0.0.7", peer, HOUR)).isFalse();
		assertThat(this.peers.isNews("10.0.0.8", new RefusedPeer("10.0.0.8", Reason.COOKIE, "wrong cookie"), 0))
			.isTrue();
		assertThat(this.peers.isNews("10.0.0.7", new RefusedPeer("10.0.0.7", Reason.TLS, "no TLS"), 0)).isTrue();
		assertThat(this.peers.nodes()).hasSize(3).startsWith(peer);
		assertThat(this.peers.isNews("10.0.0.7", peer, HOUR + 1)).isTrue();
	}

	@Test
	void manyStrangersAreNotNotedAndHideNobody() {
		long news = 0;
		for (int i = 0; i < 1000; i++) {
			news += (this.peers.isNews("host" + i, new RefusedPeer("host" + i, Reason.STRANGER, "noise"), 0)) ? 1 : 0;
		}
		assertThat(news).isEqualTo(100);
		assertThat(this.peers.isNews("10.0.0.7", new RefusedPeer("10.0.0.7", Reason.COOKIE, "wrong cookie"), 0))
			.isTrue();
		assertThat(this.peers.nodes()).hasSize(1);
	}

	@Test
	void eachRefusalIsCountedByItsReason() {
		for (int i = 0; i < 300; i++) {
			this.peers.add("10.0.0.7", ":7800", new ConnectionRefusedException(Reason.RELAY, "passed on"));
		}
		this.peers.add("10.0.0.7", "", new ConnectionRefusedException(Reason.COOKIE, "wrong cookie"));
		assertThat(this.peers.count(Reason.RELAY)).isEqualTo(300);
		assertThat(this.peers.count(Reason.COOKIE)).isEqualTo(1);
		assertThat(this.peers.count(Reason.STRANGER)).isZero();
	}

}
