package io.clusterspring.channel;

import java.nio.ByteBuffer;
import java.util.Random;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PendingMessages}.
 */
class PendingMessagesTests {

	private final PendingMessages pending = new PendingMessages(10_000);

	@Test
	void takesWhatFitsAndAgainWhenSomethingHasLeft() {
		SocketMessage half = message(5000 - PendingMessages.OVERHEAD);
		assertThat(this.pending.enter(half)).isTrue();
		assertThat(this.pending.enter(half)).isTrue();
		assertThat(this.pending.enter(message(0))).isFalse();
		this.pending.leave(half);
		assertThat(this.pending.enter(message(5000))).isFalse();
		assertThat(this.pending.enter(half)).isTrue();
		assertThat(this.pending.size()).isEqualTo(10_000);
	}

	@Test
	void takesAnyMessageWhenNothingWaits() {
		SocketMessage large = message(1_000_000);
		assertThat(this.pending.enter(large)).isTrue();
		assertThat(this.pending.enter(message(0))).isFalse();
		this.pending.leave(large);
		assertThat(this.pending.size()).isZero();
		assertThat(this.pending.enter(message(0))).isTrue();
	}

	@Test
	void messagesCountThoughTheyAreEmpty() {
		int taken = 0;
		while (this.pending.enter(message(0))) {
			taken++;
		}
		assertThat(taken).isEqualTo(9);
	}

	@Test
	void payloadThatWasReadCountsAsMuchAsBefore() {
		SocketMessage message = message(500);
		this.pending.enter(message);
		message.payload().content().get(new byte[new Random(1).nextInt(500)]);
		this.pending.leave(message);
		assertThat(this.pending.size()).isZero();
	}

	private static SocketMessage message(int size) {
		return new SocketMessage(NullNode.instance, NullNode.instance, NullNode.instance, NullNode.instance,
				SocketPayload.json(ByteBuffer.allocate(size)));
	}

}
