package io.clusterspring.benchmarks.history;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Seen}.
 */
class SeenTests {

	private final Seen seen = new Seen();

	@Test
	void messagesInOrderAreRight() {
		message("AAAAAAAA:1");
		message("BBBBBBBB:1");
		message("AAAAAAAA:2");
		assertThat(this.seen.twice()).isZero();
		assertThat(this.seen.missing()).isZero();
		assertThat(this.seen.position()).isEqualTo("AAAAAAAA:2,BBBBBBBB:1");
	}

	@Test
	void messageThatComesAgainIsCounted() {
		message("AAAAAAAA:1");
		message("AAAAAAAA:1");
		assertThat(this.seen.twice()).isOne();
	}

	@Test
	void messagesThatAreLeftOutAreCounted() {
		message("AAAAAAAA:1");
		message("AAAAAAAA:4");
		assertThat(this.seen.missing()).isEqualTo(2);
	}

	@Test
	void positionIsReplaced() {
		message("AAAAAAAA:1");
		byte[] position = bytes("{\"position\":\"CCCCCCCC:17,DDDDDDDD:4\"}");
		this.seen.replace(position, 13, position.length - 2);
		assertThat(this.seen.position()).isEqualTo("CCCCCCCC:17,DDDDDDDD:4");
	}

	@Test
	void recoveryUpToAMessageThatHasNotComeIsCounted() {
		message("AAAAAAAA:1");
		byte[] position = bytes("AAAAAAAA:3,BBBBBBBB:0");
		this.seen.recovered(position, 0, position.length);
		assertThat(this.seen.missing()).isEqualTo(2);
	}

	@Test
	void messageBeforeTheRecoveryIsCountedWhenItComesAgain() {
		message("AAAAAAAA:1");
		message("AAAAAAAA:2");
		byte[] position = bytes("AAAAAAAA:1");
		this.seen.recovered(position, 0, position.length);
		message("AAAAAAAA:2");
		assertThat(this.seen.twice()).isOne();
	}

	@Test
	void messagesThatOnlyAnotherClientHasGotAreCounted() {
		Seen other = new Seen();
		message("AAAAAAAA:1");
		other.message(bytes("AAAAAAAA:1"), 0);
		other.message(bytes("AAAAAAAA:2"), 0);
		other.message(bytes("BBBBBBBB:1"), 0);
		assertThat(this.seen.lessThan(other)).isEqualTo(2);
		assertThat(other.lessThan(this.seen)).isZero();
	}

	@Test
	void referenceOfAReplyIsNoPosition() {
		assertThat(Seen.isPosition(bytes("[null,\"AAAAAAAA:1\",\"room:1\""), 6)).isTrue();
		assertThat(Seen.isPosition(bytes("[null,\"0\",\"phoenix\",\"phx_reply\""), 6)).isFalse();
		assertThat(Seen.isPosition(bytes("[null,null,\"room:1\",\"new_msg\""), 6)).isFalse();
	}

	private void message(String position) {
		this.seen.message(bytes(position), 0);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
