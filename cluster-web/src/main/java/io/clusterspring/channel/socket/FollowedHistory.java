package io.clusterspring.channel.socket;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.fanout.Follower;
import io.clusterspring.channel.fanout.HistoryEvent;
import io.clusterspring.channel.fanout.HistoryRequest;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Keeps the positions that a client gets in their order, if it follows the history of its
 * topic. While a message waits for the handler that intercepts it, later messages wait
 * behind it: a client that has seen their positions would not ask for it again. If more
 * waits than may wait for the client, the socket is closed, so that the client connects
 * again and catches up. Thread-safe.
 */
final class FollowedHistory implements Follower {

	private final JoinedChannel channel;

	private final ChannelSocket socket;

	private final Queue<Held> held = new ArrayDeque<>(0);

	private long size;

	/**
	 * How many messages the handler was to handle so far, and how many it has handled.
	 */
	private volatile long intercepted;

	private volatile long handled;

	private volatile @Nullable HistoryRequest request;

	FollowedHistory(JoinedChannel channel, ChannelSocket socket) {
		this.channel = channel;
		this.socket = socket;
	}

	/**
	 * Take what the client wants out of the payload of its join.
	 * @return the payload for the handler
	 */
	SocketPayload take(SocketPayload payload) {
		if (!this.socket.context().hub().hasHistory(this.channel.topic())) {
			return payload;
		}
		HistoryRequest.Cut cut = HistoryRequest.cut(payload);
		this.request = cut.request();
		return cut.payload();
	}

	@Override
	public @Nullable HistoryRequest request() {
		return this.request;
	}

	@Override
	public void deliver(SocketFrame frame) {
		if (this.handled == this.intercepted) {
			this.channel.deliver(frame);
		}
		else if (!held(frame)) {
			this.socket.overflowed(ChannelLimit.OUTBOX_CAPACITY);
		}
	}

	private synchronized boolean held(SocketFrame frame) {
		if (this.handled == this.intercepted) {
			this.channel.deliver(frame);
			return true;
		}
		this.size += frame.size();
		this.held.add(new Held(frame, this.intercepted));
		return this.size <= this.socket.connection().room();
	}

	@Override
	public boolean hasRoom(long size, int handled) {
		return this.socket.connection().room() >= size && (handled == 0 || (this.socket.pending().hasRoom(size, handled)
				&& this.channel.mailbox().size() + handled < this.socket.context().settings().mailboxCapacity()));
	}

	/** A message is about to wait for the handler. */
	void waits(TopicMessage message) {
		if (isFollowed(message)) {
			this.intercepted = this.intercepted + 1; // one thread at a time
		}
	}

	/** There was no room for a message to wait. */
	void refused(TopicMessage message, ChannelLimit limit) {
		if (isFollowed(message)) {
			this.socket.overflowed(limit);
		}
	}

	/**
	 * The handler has handled a message, and its pushes were sent.
	 * @param outgoing what was pushed last, with the position of the message, unless it
	 * is binary
	 */
	void handled(TopicMessage message, @Nullable Object outgoing) {
		MessagePosition position = message.position();
		if (position == null || this.request == null) {
			return;
		}
		boolean told = outgoing != null && !(outgoing instanceof byte[])
				&& !(outgoing instanceof ChannelPayload payload && payload.isBinary());
		sendLast(told ? null
				: HistoryEvent.position(this.channel.serializer(), this.channel.topic(), position.toString()));
	}

	private void sendLast(@Nullable SocketFrame frame) {
		this.channel.inOrder(() -> {
			if (frame != null) {
				this.channel.deliver(frame);
			}
			release();
		});
	}

	private synchronized void release() {
		long done = this.handled + 1;
		for (Held next = this.held.peek(); next != null && next.after() <= done; next = this.held.peek()) {
			this.channel.deliver(next.frame());
			this.size -= next.frame().size();
			this.held.remove();
		}
		// last, because frames that come now do not wait any longer
		this.handled = done;
	}

	private boolean isFollowed(TopicMessage message) {
		return this.request != null && message.position() != null;
	}

	/** A frame that waits until this many messages were handled. */
	private record Held(SocketFrame frame, long after) {
	}

}
