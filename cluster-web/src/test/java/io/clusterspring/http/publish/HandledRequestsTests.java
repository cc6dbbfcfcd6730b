package io.clusterspring.http.publish;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.history.MessagePosition;
import io.clusterspring.http.publish.HandledRequests.Claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the memory of handled requests.
 */
class HandledRequestsTests {

	private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

	private static final RequestKey BODY = new RequestKey(7, 7);

	private final HandledRequests requests = new HandledRequests(100, MINUTE);

	@Test
	void repeatGetsWhatTheFirstOneGot() {
		assertThat(claim(1, 0)).isEqualTo(new Claim(Claim.Sort.FIRST, null));
		assertThat(claim(1, 0).sort()).isEqualTo(Claim.Sort.PRESENT);
		Handled first = handled(1, 0);
		this.requests.handled(first);
		assertThat(claim(1, MINUTE)).isEqualTo(new Claim(Claim.Sort.REPEAT, first));
		assertThat(claim(2, 0).sort()).isEqualTo(Claim.Sort.FIRST);
	}

	@Test
	void anotherBodyIsAConflict() {
		assertThat(claim(1, 0).sort()).isEqualTo(Claim.Sort.FIRST);
		RequestKey other = new RequestKey(7, 8);
		assertThat(this.requests.claim(key(1), other, 0).sort()).isEqualTo(Claim.Sort.DIFFERENT);
		this.requests.handled(handled(1, 0));
		assertThat(this.requests.claim(key(1), other, 0).sort()).isEqualTo(Claim.Sort.DIFFERENT);
	}

	@Test
	void abandonedRequestMayComeAgain() {
		claim(1, 0);
		this.requests.abandon(key(1));
		assertThat(claim(1, 0).sort()).isEqualTo(Claim.Sort.FIRST);
	}

	@Test
	void memoryIsBoundedInTime() {
		this.requests.handled(handled(1, 0));
		this.requests.handled(handled(2, MINUTE));
		assertThat(claim(2, MINUTE + 1).sort()).isEqualTo(Claim.Sort.REPEAT);
		assertThat(this.requests.size()).isEqualTo(1);
		assertThat(claim(1, MINUTE + 1).sort()).isEqualTo(Claim.Sort.FIRST);
		assertThat(this.requests.forgotten()).isZero();
	}

	@Test
	void tenThousandKeysDoNotGrowIt() {
		for (int i = 0; i < 10_000; i++) {
			assertThat(claim(i, i).sort()).isEqualTo(Claim.Sort.FIRST);
			this.requests.handled(handled(i, i));
		}
		assertThat(this.requests.size()).isEqualTo(100);
		assertThat(this.requests.forgotten()).isEqualTo(9900);
		assertThat(claim(9900, 10_000).sort()).isEqualTo(Claim.Sort.REPEAT);
		assertThat(claim(9899, 10_000).sort()).isEqualTo(Claim.Sort.FIRST);
	}

	@Test
	void whatOthersTellIsKnownButNotOwn() {
		this.requests.handled(handled(1, 0));
		this.requests.heard(handled(2, 0), 1);
		this.requests.heard(handled(3, -MINUTE), 1);
		assertThat(claim(2, 1).sort()).isEqualTo(Claim.Sort.REPEAT);
		assertThat(claim(3, 1).sort()).isEqualTo(Claim.Sort.FIRST);
		assertThat(this.requests.list(false, 1)).extracting(Handled::key).containsExactly(key(1));
		assertThat(this.requests.list(true, 1)).extracting(Handled::key).containsExactly(key(1), key(2));
	}

	@Test
	void keyDependsOnTopicAndUser() {
		RequestKey key = RequestKey.of("k", "room:1", "ann");
		assertThat(RequestKey.of("k", "room:1", "ann")).isEqualTo(key);
		assertThat(RequestKey.of("k", "room:1", "bob")).isNotEqualTo(key);
		assertThat(RequestKey.of("k", "room:1", null)).isNotEqualTo(key);
		assertThat(RequestKey.of("k", "room:2", "ann")).isNotEqualTo(key);
		assertThat(RequestKey.of("1k", "room:", "ann")).isNotEqualTo(RequestKey.of("k", "room:1", "ann"));
	}

	@Test
	void keyIsBounded() {
		for (String bad : new String[] { "", "x".repeat(256), "a b", "a\r\nb", "é" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> RequestKey.of(bad, "room:1", null))
				.withMessageContaining("Idempotency-Key");
		}
	}

	private Claim claim(long key, long now) {
		return this.requests.claim(key(key), BODY, now);
	}

	private static RequestKey key(long number) {
		return new RequestKey(number, number);
	}

	private static Handled handled(long key, long at) {
		return new Handled(key(key), BODY, 2, new MessagePosition(key, 3), at);
	}

}
