package io.clusterspring.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The last messages of one origin on one topic, without a gap, and what is known of those
 * that are missing. The messages from {@link #first} to {@link #last} are kept. The
 * origin is known to have published up to {@link #head}: if that is more, messages are
 * missing here, and those that came already wait in {@link #pending}. Not thread-safe.
 */
final class OriginWindow {

	private static final int UNKNOWN = 0;

	private final Origin origin;

	/** The number of the first message that its origin counts; none came before it. */
	private long start;

	/** A cursor that has not met this origin begins with this number. */
	private final long liveFrom;

	private @Nullable KeptMessage[] ring = new KeptMessage[4];

	private int oldest;

	private int size;

	private long last;

	private long head;

	private long heard;

	/** The last number before its origin forgot the topic, 0 if it never did. */
	private long closedAt;

	private final TreeMap<Long, KeptMessage> pending = new TreeMap<>();

	/**
	 * Create a window without messages.
	 * @param start the first number of the origin, 0 if it is not known
	 * @param liveFrom the number of the first message for cursors that exist
	 * @param last the number before the next message
	 */
	OriginWindow(Origin origin, long start, long liveFrom, long last, long now) {
		this.origin = origin;
		this.start = start;
		this.liveFrom = liveFrom;
		this.last = last;
		this.head = last;
		this.heard = now;
	}

	long origin() {
		return this.origin.id();
	}

	Origin publisher() {
		return this.origin;
	}

	long start() {
		return this.start;
	}

	void startsAt(long number) {
		if (this.start == UNKNOWN) {
			this.start = number;
		}
	}

	long closedAt() {
		return this.closedAt;
	}

	long liveFrom() {
		return this.liveFrom;
	}

	long first() {
		return this.last - this.size + 1;
	}

	long last() {
		return this.last;
	}

	long head() {
		return this.head;
	}

	/** Return when the origin was last heard of, by the monotonic clock. */
	long heard() {
		return this.heard;
	}

	WindowState state() {
		return new WindowState(this.origin, this.start, first(), this.last);
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/** Return whether no message of the origin was ever removed or missed. */
	boolean isWhole() {
		return this.start != UNKNOWN && first() <= this.start;
	}

	boolean misses() {
		return this.head > this.last;
	}

	/** Return the number of the last message that is missing, {@code last()} if none. */
	long missingTo() {
		return this.pending.isEmpty() ? this.head : this.pending.firstKey() - 1;
	}

	void hear(long number, long now) {
		this.head = Math.max(this.head, number);
		this.heard = now;
	}

	/**
	 * Take a message.
	 * @param room where it can wait for those before it
	 * @return the messages that are kept from now on, in order
	 */
	List<KeptMessage> take(KeptMessage message, Room room, long now) {
		hear(message.number(), now);
		if (message.number() == this.last + 1) {
			append(message);
			return this.pending.isEmpty() ? List.of(message) : absorb(message, room);
		}
		if (message.number() > this.last && !this.pending.containsKey(message.number())
				&& room.enter(message, this.pending.size())) {
			this.pending.put(message.number(), message);
		}
		return List.of();
	}

	private List<KeptMessage> absorb(@Nullable KeptMessage first, Room room) {
		List<KeptMessage> kept = new ArrayList<>();
		if (first != null) {
			kept.add(first);
		}
		while (!this.pending.isEmpty() && this.pending.firstKey() <= this.last + 1) {
			KeptMessage next = this.pending.pollFirstEntry().getValue();
			room.leave(next);
			if (next.number() == this.last + 1) {
				append(next);
				kept.add(next);
			}
		}
		return kept;
	}

	private void append(KeptMessage message) {
		if (this.size == this.ring.length) {
			grow();
		}
		this.ring[index(this.size)] = message;
		this.size++;
		this.last = message.number();
	}

	private void grow() {
		@Nullable KeptMessage[] larger = new KeptMessage[this.ring.length + Math.max(4, this.ring.length / 2)];
		for (int i = 0; i < this.size; i++) {
			larger[i] = this.ring[index(i)];
		}
		this.ring = larger;
		this.oldest = 0;
	}

	private int index(int place) {
		return (this.oldest + place) % this.ring.length;
	}

	@SuppressWarnings("NullAway")
	KeptMessage get(long number) {
		return this.ring[index((int) (number - first()))];
	}

	@Nullable KeptMessage oldest() {
		return (this.size > 0) ? get(first()) : null;
	}

	@Nullable KeptMessage removeOldest() {
		if (this.size == 0) {
			return null;
		}
		KeptMessage removed = this.ring[this.oldest];
		this.ring[this.oldest] = null;
		this.oldest = (this.oldest + 1) % this.ring.length;
		this.size--;
		if (this.size == 0 && this.ring.length > 4) {
			this.ring = new KeptMessage[4];
			this.oldest = 0;
		}
		return removed;
	}

	/**
	 * Give up the messages that are missing before a number. Nothing before them is kept
	 * any more.
	 * @param upTo the number of the last one
	 * @return the messages that follow and are kept from now on
	 */
	List<KeptMessage> giveUp(long upTo, Room room) {
		this.ring = new KeptMessage[4];
		this.oldest = 0;
		this.size = 0;
		this.last = upTo;
		this.head = Math.max(this.head, upTo);
		return absorb(null, room);
	}

	/** The origin has forgotten the topic meanwhile, and goes on with a later number. */
	void reopen(long number, Room room) {
		this.closedAt = this.last;
		this.start = number;
		this.last = number - 1;
		this.head = Math.max(this.head, this.last);
		this.pending.values().forEach(room::leave);
		this.pending.clear();
	}

	/**
	 * Keep older messages as well.
	 * @param older messages without a gap, the last of which comes before
	 * {@link #first()}
	 */
	void prepend(List<KeptMessage> older) {
		@Nullable KeptMessage[] all = new KeptMessage[older.size() + this.ring.length];
		for (int i = 0; i < older.size(); i++) {
			all[i] = older.get(i);
		}
		for (int i = 0; i < this.size; i++) {
			all[older.size() + i] = this.ring[index(i)];
		}
		this.ring = all;
		this.oldest = 0;
		this.size += older.size();
	}

	@Override
	public String toString() {
		return "OriginWindow[" + first() + ".." + this.last + " of " + this.head + ", "
				+ Arrays.toString(this.pending.keySet().toArray()) + "]";
	}

	/** Where messages wait that came before their predecessors. */
	interface Room {

		/**
		 * Ask for a place.
		 * @param waiting how many wait in the window already
		 */
		boolean enter(KeptMessage message, int waiting);

		void leave(KeptMessage message);

	}

}
