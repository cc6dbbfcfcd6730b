package io.clusterspring.stomp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The room for replays to one session, whose limits hold for all that waits for its
 * client. How much still waits is not to be known for all transports, so what was
 * replayed counts for {@link #PERIOD}. Thread-safe.
 */
final class ReplayBudget {

	/** Spring's default for how long one message may take to be sent. */
	static final Duration PERIOD = Duration.ofSeconds(10);

	private final LongSupplier nanoClock;

	/** The latest replays, the oldest first. Each has a byte at least. */
	private final Deque<Taken> taken = new ArrayDeque<>();

	private int messages;

	private long bytes;

	ReplayBudget(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
	}

	/**
	 * Take what a replay needs, if it is there.
	 * @param mostMessages how many messages may wait for the client
	 * @param mostBytes how many bytes may wait for the client
	 * @return whether it was there; otherwise nothing is taken
	 */
	synchronized boolean take(int messages, long bytes, int mostMessages, long mostBytes) {
		if (messages == 0) {
			return true;
		}
		long now = this.nanoClock.getAsLong();
		while (!this.taken.isEmpty() && now - this.taken.getFirst().moment >= PERIOD.toNanos()) {
			Taken over = this.taken.removeFirst();
			this.messages -= over.messages;
			this.bytes -= over.bytes;
		}
		boolean fits = this.messages + messages <= mostMessages && this.bytes + bytes <= mostBytes;
		if (fits) {
			this.taken.addLast(new Taken(now, messages, bytes));
			this.messages += messages;
			this.bytes += bytes;
		}
		return fits;
	}

	private record Taken(long moment, int messages, long bytes) {

	}

}
