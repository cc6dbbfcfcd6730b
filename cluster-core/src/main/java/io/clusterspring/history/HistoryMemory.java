package io.clusterspring.history;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.clusterspring.mailbox.Counts;

/**
 * The memory that a history takes, and what was removed from it. Thread-safe.
 */
final class HistoryMemory {

	/** The memory of an origin of a topic beside its messages, rounded up. */
	static final int WINDOW = 192;

	private final AtomicLong bytes = new AtomicLong();

	/** The bytes of messages that came before their predecessors. */
	private final AtomicLong waiting = new AtomicLong();

	private final AtomicInteger messages = new AtomicInteger();

	private final Counts<Cause> evicted = new Counts<>(Cause.class);

	private volatile int backlog;

	private volatile long backlogBytes;

	private final OriginSet known;

	HistoryMemory() {
		this(new OriginSet());
	}

	/**
	 * Create the memory of a history that keeps nothing yet.
	 * @param known the origins that this node has heard of
	 */
	HistoryMemory(OriginSet known) {
		this.known = known;
	}

	/** Return whether this node has heard of an origin. */
	boolean knows(long origin) {
		return this.known.contains(origin);
	}

	void kept(KeptMessage message) {
		this.bytes.addAndGet(message.size());
		this.messages.incrementAndGet();
	}

	void evicted(KeptMessage message, Cause cause) {
		this.bytes.addAndGet(-message.size());
		this.messages.decrementAndGet();
		this.evicted.add(cause);
	}

	/**
	 * Set how much a slow subscription may be behind before it loses messages.
	 * @param messages how many messages of one topic may wait beside those that are kept
	 * @param bytes how many bytes may wait
	 */
	void backlog(int messages, long bytes) {
		this.backlog = messages;
		this.backlogBytes = bytes;
	}

	int backlog() {
		return this.backlog;
	}

	long backlogBytes() {
		return this.backlogBytes;
	}

	/**
	 * Keep a message that waits for those before it.
	 * @param most what all of them may take
	 * @return whether there is room
	 */
	boolean waits(KeptMessage message, long most) {
		if (this.waiting.addAndGet(message.size()) > most) {
			this.waiting.addAndGet(-message.size());
			return false;
		}
		return true;
	}

	void waitsNoLonger(KeptMessage message) {
		this.waiting.addAndGet(-message.size());
	}

	long waiting() {
		return this.waiting.get();
	}

	void reserve(int size) {
		this.bytes.addAndGet(size);
	}

	long bytes() {
		return this.bytes.get();
	}

	int messages() {
		return this.messages.get();
	}

	long evicted(Cause cause) {
		return this.evicted.count(cause);
	}

	/** Why a message is not kept any longer. */
	enum Cause {

		/** The topic has newer ones, up to the history's size. */
		SIZE,

		/** It is older than the history's ttl. */
		TTL,

		/** The history has reached its bytes. */
		BYTES,

		/** A message that follows it was lost for good. */
		GAP

	}

}
