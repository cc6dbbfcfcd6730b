package io.clusterspring.channel.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.channel.limit.MessageRate.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenBucket} and {@link MessageRate}.
 */
class TokenBucketTests {

	// a possible value of nanoTime that will soon overflow
	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_500_000_000);

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 7, 10, 5000 })
	void holdsTheTokensOfOneSecond(int rate) {
		TokenBucket bucket = new TokenBucket(rate, this.clock::get);
		assertThat(taken(bucket, rate + 10)).isEqualTo(rate);
		this.clock.addAndGet(3_000_000_000L);
		assertThat(taken(bucket, rate + 10)).as("no more after a long rest").isEqualTo(rate);
	}

	@Test
	void fillsSteadily() {
		TokenBucket bucket = new TokenBucket(10, this.clock::get);
		taken(bucket, 10);
		for (int i = 0; i < 30; i++) {
			this.clock.addAndGet(99_000_000);
			assertThat(bucket.take()).isEqualTo(false);
			this.clock.addAndGet(1_000_000);
			assertThat(bucket.take()).isEqualTo(true);
		}
		this.clock.addAndGet(500_000_000);
		assertThat(taken(bucket, 10)).isEqualTo(5);
	}

	@Test
	void concurrentThreadsShareTheTokens() throws InterruptedException {
		TokenBucket bucket = new TokenBucket(10_000, this.clock::get);
		AtomicLong taken = new AtomicLong();
		Thread[] threads = IntStream.range(0, 4)
			.mapToObj((i) -> new Thread(() -> taken.addAndGet(taken(bucket, 5000))))
			.toArray(Thread[]::new);
		for (Thread thread : threads) {
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(taken).hasValue(10_000);
	}

	@Test
	void clientWithAsManyRefusalsAsMessagesIsFlooding() {
		MessageRate rate = new MessageRate(2, this.clock::get);
		assertThat(rate.next()).isEqualTo(Verdict.PASS);
		assertThat(rate.next()).isEqualTo(Verdict.PASS);
		assertThat(rate.next()).isEqualTo(Verdict.REFUSE);
		assertThat(rate.next()).isEqualTo(Verdict.REFUSE);
		assertThat(rate.next()).isEqualTo(Verdict.FLOOD);
	}

	@Test
	void clientThatSendsALittleTooMuchIsRefusedAgainAndAgain() {
		MessageRate rate = new MessageRate(2, this.clock::get);
		int passed = 0;
		for (int i = 0; i < 30; i++) {
			Verdict verdict = rate.next();
			assertThat(verdict).isNotEqualTo(Verdict.FLOOD);
			passed += (verdict == Verdict.PASS) ? 1 : 0;
			this.clock.addAndGet(333_333_334);
		}
		assertThat(passed).isBetween(20, 23);
	}

	private static int taken(TokenBucket bucket, int tries) {
		return (int) IntStream.range(0, tries).filter((i) -> bucket.take()).count();
	}

}
