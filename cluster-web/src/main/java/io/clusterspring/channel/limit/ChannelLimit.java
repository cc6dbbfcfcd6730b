package io.clusterspring.channel.limit;

import java.util.Locale;

/**
 * A limit for clients. Each is named like the property below {@code cluster.channels}
 * that sets it, except {@link #NAME_SIZE}, which the protocol sets.
 */
public enum ChannelLimit {

	/** Channels of a socket. */
	MAX_CHANNELS,

	/** Bytes of the payload of a join. */
	MAX_JOIN_SIZE,

	/** Bytes of a topic, an event or a reference: 255, as in binary messages. */
	NAME_SIZE,

	/** Bytes of messages that wait in the mailboxes of all channels of a socket. */
	MAX_PENDING_SIZE,

	/** Bytes of a WebSocket frame, and of a fragmented message. */
	MAX_MESSAGE_SIZE,

	/** Time without a message from a client. */
	IDLE_TIMEOUT,

	/** Bytes that wait to be sent to a client. */
	OUTBOX_CAPACITY,

	/** Time that a frame waits to be sent to a client. */
	OUTBOX_TIMEOUT,

	/** Messages that wait for a channel. */
	MAILBOX_CAPACITY,

	/** WebSocket clients of a node. */
	MAX_SOCKETS,

	/** Time until the stage that decides a join completes. */
	JOIN_TIMEOUT,

	/** Time until the stage of a reply completes. */
	REPLY_TIMEOUT,

	/** Timers of a channel. */
	MAX_TIMERS,

	/** Handshakes of a node in a second. */
	HANDSHAKES_PER_SECOND,

	/** Messages from a socket in a second. */
	MESSAGES_PER_SECOND,

	/** Messages from a socket to one channel in a second. */
	CHANNEL_MESSAGES_PER_SECOND;

	/**
	 * Return the name of the property, or of the limit if it has none.
	 * @return the name below {@code cluster.channels}
	 */
	public String property() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
