package io.clusterspring.stomp;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.web.socket.WebSocketSession;

import io.clusterspring.expiry.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExpiringSession}.
 */
class ExpiringSessionTests {

	private static final long NOW = Long.MAX_VALUE - 5;

	private final ExpiringSession session = new ExpiringSession(Mockito.mock(WebSocketSession.class));

	@Test
	void sessionWithoutADeadlineDoesNotEnd() {
		assertThat(this.session.endIfOver(NOW)).isFalse();
		assertThat(this.session.hasEnded()).isFalse();
	}

	@Test
	void sessionEndsOnceAtItsDeadline() {
		this.session.limit(new Deadline(NOW + 10, 0));
		assertThat(this.session.endIfOver(NOW + 9)).isFalse();
		assertThat(this.session.endIfOver(NOW + 10)).isTrue();
		assertThat(this.session.hasEnded()).isTrue();
		assertThat(this.session.endIfOver(NOW + 11)).isFalse();
		assertThat(this.session.end()).isFalse();
	}

	@Test
	void userOfTheConnectFrameTakesThePlaceOfThatOfTheHandshake() {
		this.session.limit(new Deadline(NOW + 10, 0));
		this.session.limit(new Deadline(NOW + 20, 0));
		assertThat(this.session.endIfOver(NOW + 10)).isFalse();
		this.session.limit(null);
		assertThat(this.session.endIfOver(NOW + 20)).isFalse();
	}

}
