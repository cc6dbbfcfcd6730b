package io.clusterspring.channel.tap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A tap of this node: what it follows, and the last messages that it has seen.
 * Thread-safe.
 */
final class Tap {

	/** How many messages are kept. */
	static final int MOST = 1000;

	private final TapRequest request;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private long count;

	private long latest;

	private boolean ended;

	Tap(TapRequest request) {
		this.request = request;
	}

	TapRequest request() {
		return this.request;
	}

	boolean follows(@Nullable String topic) {
		return topic != null && topic.equals(this.request.topic());
	}

	boolean follows(TappedClient client) {
		String socket = this.request.socket();
		return socket != null && (socket.equals(client.connection()) || socket.equals(client.socket()));
	}

	/**
	 * Keep a message, unless the tap has ended.
	 * @param at when it was seen, in milliseconds of the wall clock
	 */
	synchronized void add(long at, SeenMessage seen) {
		if (this.ended) {
			return;
		}
		if (this.entries.size() == MOST) {
			this.entries.remove();
		}
		this.count++;
		// the wall clock may be set back
		this.latest = Math.max(this.latest, at);
		this.entries.add(new Entry(this.count, this.latest, seen));
	}

	/** Return the messages that are kept, in their order. */
	synchronized List<Entry> entries() {
		return new ArrayList<>(this.entries);
	}

	/**
	 * Keep no more messages.
	 * @return whether the tap had not ended
	 */
	synchronized boolean end() {
		boolean first = !this.ended;
		this.ended = true;
		return first;
	}

	synchronized boolean hasEnded() {
		return this.ended;
	}

	/** Free the memory of a tap that nobody can ask about any more. */
	synchronized void discard() {
		this.ended = true;
		this.entries.clear();
	}

	/**
	 * A message in the ring.
	 *
	 * @param number counts the messages that the tap has seen on this node, from 1 on
	 * @param at when it was seen, never before the one in front of it
	 */
	record Entry(long number, long at, SeenMessage seen) {

		/** Return how many messages in front of the first entry are lost. */
		long lostBefore() {
			return this.number - 1;
		}

	}

}
