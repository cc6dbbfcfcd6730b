package io.clusterspring.channel;

import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Suspension;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.text.LogText;

/**
 * A channel of one client: the view of the handler and of the hub. Its
 * {@link ChannelProcess} controls its life.
 */
final class JoinedChannel implements Channel, Subscription {

	private final ChannelSocket socket;

	private final ChannelRoutes.Match match;

	private final JsonNode topic;

	private final JsonNode sentJoinRef;

	private final JsonNode joinRef;

	private final Mailbox mailbox;

	private final JoinGate gate;

	private final EndActions end = new EndActions();

	private final ChannelProcess process;

	private final @Nullable MessageRate rate;

	private volatile @Nullable JoinedChannel replaced;

	private volatile @Nullable OwnBroadcasts broadcasts;

	private volatile @Nullable Map<String, Object> attributes;

	JoinedChannel(ChannelSocket socket, ChannelRoutes.Match match, SocketMessage join, Mailbox mailbox,
			@Nullable JoinedChannel replaced) {
		this.socket = socket;
		this.match = match;
		this.topic = join.topic();
		this.sentJoinRef = join.joinRef();
		this.joinRef = join.joinRef().isNull() ? join.ref() : join.joinRef();
		this.mailbox = mailbox;
		this.replaced = replaced;
		this.gate = new JoinGate(socket.connection());
		this.process = new ChannelProcess(this, socket, this.gate, this.end);
		this.rate = socket.server().rate(socket.server().clientLimits().channelMessagesPerSecond());
	}

	void join(SocketMessage message) {
		JoinedChannel replaced = this.replaced;
		this.replaced = null;
		this.process.join(message, (replaced != null) ? replaced.process : null);
	}

	void handle(SocketMessage message) {
		this.process.handle(message);
	}

	boolean hasEnded() {
		return this.process.hasEnded();
	}

	void socketClosed() {
		this.mailbox.postAlways(this::end);
		// channels that this one replaces may wait for a stage
		for (JoinedChannel waiting = this; waiting != null; waiting = waiting.replaced) {
			waiting.process.giveUp();
		}
	}

	// also ends the channels that this one replaces, if its join was discarded
	private void end() {
		JoinedChannel next = this;
		while (next != null) {
			JoinedChannel ending = next;
			next = ending.replaced;
			ending.replaced = null;
			ending.process.end();
		}
	}

	/**
	 * Send a frame to the client, after the reply to the join.
	 * @param frame the frame
	 */
	void deliver(SocketFrame frame) {
		this.gate.send(frame);
	}

	/**
	 * Close the socket of a client that missed a message, so that it connects again
	 * instead of continuing without it.
	 * @param failure the cause
	 */
	void deliveryFailed(Throwable failure) {
		this.process.failed("Delivery failed", () -> "", failure);
		this.socket.fail();
	}

	/**
	 * Deliver a frame after the broadcasts that wait for the members now.
	 * @param frame the frame
	 */
	void deliverInOrder(SocketFrame frame) {
		this.socket.server().hub().afterBroadcasts(topic(), () -> deliver(frame));
	}

	/**
	 * Pass a message to the handler instead of the client.
	 * @param message a broadcast or a plain payload
	 */
	void intercept(TopicMessage message) {
		ChannelLimit limit = this.socket.pending()
			.post(this.mailbox, message, message.bytes(), this.process::intercept);
		if (limit != null && !this.socket.isClosed()) {
			// this channel misses the broadcast
			this.socket.server().limits().reached(limit, this);
		}
	}

	@Override
	public void push(String event, Object payload) {
		Broadcast.requireShort("Event", event);
		this.process.push(event, payload);
	}

	@Override
	public void broadcast(String event, Object payload) {
		this.socket.server().pubSub().broadcast(topic(), OutgoingPayload.broadcast(event, payload));
		broadcastMade();
	}

	/**
	 * Record a broadcast of this channel that will also be delivered to it.
	 */
	void broadcastMade() {
		if (this.process.isJoined()) {
			broadcasts().made();
		}
	}

	private synchronized OwnBroadcasts broadcasts() {
		OwnBroadcasts present = this.broadcasts;
		if (present == null) {
			ChannelServer server = this.socket.server();
			present = new OwnBroadcasts(server.hub(), topic(), server.mailboxCapacity());
			this.broadcasts = present;
		}
		return present;
	}

	/**
	 * Send something to the client after the channel's own broadcasts.
	 * @param send sends it
	 */
	void inOrder(Runnable send) {
		OwnBroadcasts own = this.broadcasts;
		if (own == null || own.areSettled()) {
			send.run();
		}
		else if (!own.after(send)) {
			this.socket.overflowed(ChannelLimit.MAILBOX_CAPACITY);
		}
	}

	/**
	 * Run an action when the channel's own broadcasts, and the messages after them, were
	 * sent to the client. The mailbox is suspended until then. Must be the last call of a
	 * task in the mailbox.
	 * @param next the action
	 */
	void whenSettled(Runnable next) {
		OwnBroadcasts own = this.broadcasts;
		if (own == null || own.areSettled() || this.socket.isClosed()) {
			next.run();
			return;
		}
		Suspension suspension = this.mailbox.suspend();
		if (!own.after(() -> suspension.resume(next))) {
			suspension.resume(next);
		}
	}

	@Override
	public void broadcastFrom(String event, Object payload) {
		this.socket.server().pubSub().broadcastFrom(this, topic(), OutgoingPayload.broadcast(event, payload));
	}

	@Override
	public void close() {
		this.process.askToClose();
		this.mailbox.postAlways(this.process::closeIfAsked);
	}

	@Override
	public int waiting() {
		return this.mailbox.size();
	}

	@Override
	public void execute(Runnable task) {
		if (!this.mailbox.post(() -> this.process.execute(task))) {
			throw new RejectedExecutionException("The mailbox of " + this + " is full");
		}
	}

	@Override
	public void onEnd(Runnable action) {
		this.end.add(action);
	}

	@Override
	public String topic() {
		return this.topic.stringValue();
	}

	@Override
	public Map<String, String> variables() {
		return this.match.variables();
	}

	@Override
	public String connectionId() {
		return this.socket.connection().id();
	}

	@Override
	public @Nullable String socketId() {
		return this.socket.accepted().id();
	}

	@Override
	public @Nullable Principal user() {
		return this.socket.accepted().user();
	}

	@Override
	public Map<String, Object> attributes() {
		Map<String, Object> attributes = this.attributes;
		return (attributes != null) ? attributes : createAttributes();
	}

	private synchronized Map<String, Object> createAttributes() {
		Map<String, Object> attributes = this.attributes;
		if (attributes == null) {
			attributes = new ConcurrentHashMap<>(this.socket.accepted().attributes());
			this.attributes = attributes;
		}
		return attributes;
	}

	ChannelHandler handler() {
		return this.match.handler();
	}

	@Nullable MessageRate rate() {
		return this.rate;
	}

	Mailbox mailbox() {
		return this.mailbox;
	}

	/**
	 * Return the join reference that the client has sent.
	 * @return the reference of Phoenix's socket; JSON's {@code null} if the client sent
	 * none
	 */
	JsonNode sentJoinRef() {
		return this.sentJoinRef;
	}

	/**
	 * Return the join reference of pushes and replies. If the client sent none, it is the
	 * reference of the join message.
	 * @return the reference of Phoenix's channel
	 */
	JsonNode joinRef() {
		return this.joinRef;
	}

	SocketSerializer serializer() {
		return this.socket.replies().serializer();
	}

	/**
	 * Return whether the client can receive a payload. If not, the loss is counted and
	 * logged.
	 * @param payload the payload
	 * @param what the event of the payload
	 * @return {@code false} if the payload is binary, and the client's version or
	 * transport does not support that
	 */
	boolean takes(SocketPayload payload, String what) {
		boolean takes = !payload.binary() || (serializer().hasBinary() && this.socket.connection().hasBinary());
		if (!takes) {
			this.socket.server().binaryLost(this, what);
		}
		return takes;
	}

	SocketFrame push(String event, SocketPayload payload) {
		return frame(this.joinRef, NullNode.instance, StringNode.valueOf(event), payload);
	}

	// messages of Phoenix's socket carry the join reference in both fields
	SocketFrame lifecycle(JsonNode event, SocketPayload payload) {
		return frame(this.sentJoinRef, this.sentJoinRef, event, payload);
	}

	private SocketFrame frame(JsonNode joinRef, JsonNode ref, JsonNode event, SocketPayload payload) {
		return serializer().encode(new SocketMessage(joinRef, ref, this.topic, event, payload));
	}

	@Override
	public String toString() {
		return "channel '" + LogText.of(topic()) + "' of " + this.socket;
	}

}
