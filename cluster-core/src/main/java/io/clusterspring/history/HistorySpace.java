package io.clusterspring.history;

import io.clusterspring.wire.FrameKind;

/**
 * The kind of the names whose messages are kept. Each space has frames of its own, so a
 * name in one space is unknown in the other.
 */
public enum HistorySpace {

	/** Topics. Each subscription has a place of its own in their logs. */
	TOPICS(FrameKind.HISTORY, "cluster-history", false),

	/**
	 * Destinations of Spring's STOMP broker. Each log has one reader, which exists as
	 * long as the log, so that it gets each message once.
	 */
	DESTINATIONS(FrameKind.STOMP_HISTORY, "cluster-stomp-history", true);

	private final FrameKind kind;

	private final String thread;

	private final boolean followed;

	HistorySpace(FrameKind kind, String thread, boolean followed) {
		this.kind = kind;
		this.thread = thread;
		this.followed = followed;
	}

	FrameKind kind() {
		return this.kind;
	}

	/** The name of the thread that ticks. */
	String thread() {
		return this.thread;
	}

	/** Whether a log has one reader, from its beginning. */
	boolean isFollowed() {
		return this.followed;
	}

}
