package io.clusterspring.channel.socket;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.NullNode;

import io.clusterspring.channel.ChannelRoutes;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.SocketAuthorizers;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.limit.MessageRate;
import io.clusterspring.channel.limit.PendingMessages;
import io.clusterspring.channel.protocol.MalformedMessageException;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply.Status;
import io.clusterspring.expiry.Deadline;
import io.clusterspring.mailbox.Bulkhead;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.text.LogText;

/**
 * One connection of a client. Routes the client's messages to its channels by topic and
 * join reference, like {@code Phoenix.Socket}. Runs on the transport's thread and never
 * waits for a channel.
 */
final class ChannelSocket implements SocketSession {

	private static final Log logger = LogFactory.getLog(ChannelSocket.class);

	private final AcceptedSocket accepted;

	private final TappedConnection connection;

	private final SocketReplies replies;

	private final SocketRight right;

	private final ConcurrentMap<String, JoinedChannel> channels = new ConcurrentHashMap<>(4);

	private final @Nullable MessageRate rate;

	private final PendingMessages pending;

	private final @Nullable Bulkhead threads;

	private final AtomicBoolean draining = new AtomicBoolean();

	private volatile boolean closed;

	private final SocketEnd end = new SocketEnd();

	ChannelSocket(AcceptedSocket accepted, TappedConnection connection) {
		this.accepted = accepted;
		this.connection = connection;
		this.replies = new SocketReplies(connection, accepted.serializer());
		this.right = new SocketRight(accepted.grant(), context().settings().expiryNotice().toNanos());
		this.pending = new PendingMessages(limits().maxPendingSize(), context().abandoned());
		this.rate = context().rate(limits().messagesPerSecond());
		this.threads = context().threads().socket();
	}

	@Override
	public void received(ByteBuffer text) {
		received(text, this.replies.serializer()::decode);
	}

	@Override
	public void receivedBinary(ByteBuffer bytes) {
		received(bytes, this.replies.serializer()::decodeBinary);
	}

	private void received(ByteBuffer bytes, Function<ByteBuffer, SocketMessage> decoder) {
		if (this.right.grant().deadline() != null) {
			watch(context().clock().getAsLong());
		}
		if (this.closed) {
			return;
		}
		try {
			route(decoder.apply(bytes));
		}
		catch (MalformedMessageException ex) {
			logger.debug("Closing " + this + ": " + LogText.of(ex.getMessage()));
			fail();
		}
		catch (RuntimeException ex) {
			logger.error("Closing " + this + ", because a message could not be handled", LogText.failure(ex));
			fail();
		}
	}

	private void route(SocketMessage message) {
		this.connection.received(message);
		if (isRefused(message, this.rate, ChannelLimit.MESSAGES_PER_SECOND)) {
			return;
		}
		SocketPayload tooLong = MessageNames.tooLong(message);
		if (tooLong != null) {
			refuse(message, ChannelLimit.NAME_SIZE, tooLong);
		}
		else if (MessageNames.isHeartbeat(message)) {
			this.replies.send(NullNode.instance, message, Status.OK, SocketReplies.EMPTY);
		}
		else if (MessageNames.is(message.topic(), MessageNames.PHOENIX)
				&& MessageNames.is(message.event(), "refresh")) {
			SocketRefresh.begin(this, this.accepted.authorizers(), message);
		}
		else if (!message.topic().isString()) {
			this.replies.unmatched(message);
		}
		else if (MessageNames.is(message.event(), "phx_join")) {
			join(message);
		}
		else {
			dispatch(message);
		}
	}

	private void join(SocketMessage message) {
		String topic = message.topic().stringValue();
		ChannelRoutes.Match match = this.accepted.routes().find(topic);
		if (match == null) {
			this.replies.unmatched(message);
			return;
		}
		JoinedChannel present = this.channels.get(topic);
		Mailbox mailbox = (present != null) ? present.mailbox()
				: context().threads().mailbox(this.threads, match.handler(), topic);
		if (message.payload().content().remaining() > limits().maxJoinSize()) {
			refuse(message, ChannelLimit.MAX_JOIN_SIZE, SocketReplies.JOIN_TOO_LARGE);
			return;
		}
		if (present == null && hasAllChannels()) {
			refuse(message, ChannelLimit.MAX_CHANNELS, SocketReplies.TOO_MANY_CHANNELS);
			return;
		}
		if (mailbox.isFull()) {
			refuse(message, ChannelLimit.MAILBOX_CAPACITY, SocketReplies.OVERLOADED);
			return;
		}
		JoinedChannel channel = new JoinedChannel(this, match, message, mailbox, present);
		PendingMessages.Task<SocketMessage> task = this.pending.enter(message, message.payload().content(),
				channel::join);
		if (task == null) {
			refuse(message, ChannelLimit.MAX_PENDING_SIZE, SocketReplies.OVERLOADED);
			return;
		}
		this.channels.put(topic, channel);
		mailbox.postAlways(task);
		this.pending.posted(task);
		if (this.closed) {
			channel.socketClosed();
		}
	}

	private boolean hasAllChannels() {
		int limit = limits().maxChannels();
		// a channel may stay in the map for a moment after its client knows of its end
		return this.channels.size() >= limit
				&& this.channels.values().stream().filter((channel) -> !channel.hasEnded()).count() >= limit;
	}

	private void dispatch(SocketMessage message) {
		JoinedChannel channel = this.channels.get(message.topic().stringValue());
		if (channel == null) {
			this.replies.notJoined(message);
		}
		else if (!message.joinRef().isNull() && !message.joinRef().equals(channel.sentJoinRef())) {
			logger.trace("Dropped a message of a former join");
		}
		else if (!isRefused(message, channel.rate(), ChannelLimit.CHANNEL_MESSAGES_PER_SECOND)) {
			post(channel, message);
		}
	}

	private void post(JoinedChannel channel, SocketMessage message) {
		ChannelLimit limit = this.pending.post(channel.mailbox(), message, message.payload().content(),
				channel::handle);
		if (limit != null) {
			refuse(message, limit, SocketReplies.OVERLOADED);
		}
	}

	private boolean isRefused(SocketMessage message, @Nullable MessageRate rate, ChannelLimit limit) {
		MessageRate.Verdict verdict = (rate != null) ? rate.next() : MessageRate.Verdict.PASS;
		if (verdict == MessageRate.Verdict.FLOOD) {
			limitReached(limit);
			close(SocketConnection.POLICY_VIOLATION, LeaveReason.LIMIT_REACHED);
			return true;
		}
		// without these replies a client believes that the server is down, or cannot
		// leave
		if (verdict == MessageRate.Verdict.PASS || MessageNames.isHeartbeat(message)
				|| MessageNames.is(message.event(), "phx_leave")) {
			return false;
		}
		refuse(message, limit, SocketReplies.RATE_LIMITED);
		return true;
	}

	private void refuse(SocketMessage message, ChannelLimit limit, SocketPayload response) {
		if (!this.closed) {
			limitReached(limit);
			this.replies.limited(message, response);
		}
	}

	@Override
	public void limitReached(ChannelLimit limit) {
		this.end.by(limit);
		context().limits().reached(limit, this);
	}

	private void close(int code, LeaveReason reason) {
		// first, because the connection reports that it has closed
		this.end.by(reason);
		this.connection.close(code);
		closed(reason);
	}

	LeaveReason reason() {
		return this.end.reason();
	}

	@Override
	public void watch(long now) {
		SocketRight.Due due = this.right.due(now);
		Deadline deadline = this.right.grant().deadline();
		if (due == SocketRight.Due.NOTICE && deadline != null) {
			this.replies.expiring(deadline, now);
		}
		else if (due == SocketRight.Due.END) {
			logger.debug("Closing " + this + ", because its time is over");
			context().rights().hasExpired();
			this.end.by(LeaveReason.EXPIRED);
			this.connection.close(SocketConnection.UNAUTHORIZED, "expired");
			closed();
		}
	}

	/** Called when the right was refreshed. */
	void refreshed() {
		this.channels.values().forEach(JoinedChannel::refreshed);
	}

	@Override
	public void closed(LeaveReason reason) {
		this.end.by(reason);
		this.closed = true;
		this.right.end();
		context().registry().remove(this);
		if (this.pending.close()) {
			discard();
		}
		this.channels.values().forEach(JoinedChannel::socketClosed);
	}

	private void discard() {
		boolean any = false;
		for (JoinedChannel channel : this.channels.values()) {
			any |= PendingMessages.discard(channel.mailbox());
		}
		if (any) {
			limitReached(ChannelLimit.MAX_PENDING_SIZE);
		}
	}

	void disconnect() {
		close(SocketConnection.GOING_AWAY, LeaveReason.DISCONNECTED);
	}

	/**
	 * Close the socket after all messages in the mailboxes of its channels were handled,
	 * and their replies were sent.
	 */
	void drain() {
		if (!this.draining.compareAndSet(false, true)) {
			return;
		}
		List<JoinedChannel> present = List.copyOf(this.channels.values());
		AtomicInteger left = new AtomicInteger(present.size() + 1);
		Runnable done = () -> {
			if (left.decrementAndGet() == 0) {
				restart();
			}
		};
		for (JoinedChannel channel : present) {
			if (!channel.mailbox().postAlways(() -> channel.whenSettled(done))) {
				done.run();
			}
		}
		done.run();
	}

	/** Close the socket at once, without handling the messages in the mailboxes. */
	void restart() {
		close(SocketConnection.SERVICE_RESTART, LeaveReason.NODE_STOPS);
	}

	/**
	 * Close the socket because too much waits for its client.
	 * @param limit the limit that was reached
	 */
	void overflowed(ChannelLimit limit) {
		limitReached(limit);
		close(SocketConnection.POLICY_VIOLATION, LeaveReason.LIMIT_REACHED);
	}

	/** Close the socket because of an error on the server. */
	void fail() {
		this.end.by(LeaveReason.FAILED);
		try {
			this.connection.close(SocketConnection.SERVER_ERROR);
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot close " + this, ex);
		}
		closed(LeaveReason.FAILED);
	}

	boolean isClosed() {
		return this.closed;
	}

	boolean isGone() {
		return this.closed && this.connection.isGone();
	}

	PendingMessages pending() {
		return this.pending;
	}

	void remove(JoinedChannel channel) {
		this.channels.remove(channel.topic(), channel);
	}

	@Nullable JoinedChannel channel(String topic) {
		return this.channels.get(topic);
	}

	int channelCount() {
		return this.channels.size();
	}

	/** Return the topics of the channels, ended ones included for a moment. */
	Set<String> topics() {
		return this.channels.keySet();
	}

	SocketPeer peer() {
		return this.accepted.peer();
	}

	SocketContext context() {
		return this.accepted.context();
	}

	private ClientLimits limits() {
		return context().settings().limits();
	}

	SocketAuthorizers.Identity identity() {
		return this.right.grant().identity();
	}

	SocketRight right() {
		return this.right;
	}

	@Nullable Bulkhead threads() {
		return this.threads;
	}

	SocketConnection connection() {
		return this.connection;
	}

	SocketReplies replies() {
		return this.replies;
	}

	@Override
	public String toString() {
		String id = identity().id();
		return "socket " + ((id != null) ? LogText.of(id) + " (" + this.connection.id() + ")" : this.connection.id());
	}

}
