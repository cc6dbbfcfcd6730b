package io.clusterspring.channel;

import java.util.Locale;

/**
 * A bound on what clients may use, named like the property below {@code cluster.channels}
 * that sets it. Only {@link #NAME_SIZE} has no property, because the protocol sets it.
 */
public enum ChannelLimit {

	/** Channels a socket may have. */
	MAX_CHANNELS,

	/** Bytes of the payload of a join. */
	MAX_JOIN_SIZE,

	/** Bytes of a topic, an event or a reference: 255, as binary messages have it. */
	NAME_SIZE,

	/** Bytes of messages that wait in the mailboxes of all channels of a socket. */
	MAX_PENDING_SIZE,

	/** Bytes of a frame, and of a message in fragments. */
	MAX_MESSAGE_SIZE,

	/** Time a client may be silent. */
	IDLE_TIMEOUT,

	/** Bytes that may wait for a client. */
	OUTBOX_CAPACITY,

	/** Time a frame may wait for a client. */
	OUTBOX_TIMEOUT,

	/** Messages that may wait for a channel. */
	MAILBOX_CAPACITY,

	/** WebSocket clients a node takes. */
	MAX_SOCKETS,

	/** Time a join may take whose handler returns a stage. */
	JOIN_TIMEOUT,

	/** Time a reply may take that is a stage. */
	REPLY_TIMEOUT,

	/** Handshakes a node takes. */
	HANDSHAKES_PER_SECOND,

	/** Messages a socket may send. */
	MESSAGES_PER_SECOND,

	/** Messages a socket may send to one channel. */
	CHANNEL_MESSAGES_PER_SECOND;

	/**
	 * Return the name of the property, or of the bound if it has none.
	 * @return the name below {@code cluster.channels}
	 */
	public String property() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
