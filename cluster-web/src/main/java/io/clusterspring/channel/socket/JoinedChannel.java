package io.clusterspring.channel.socket;

import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.ChannelPayloads;
import io.clusterspring.channel.ChannelRoutes;
import io.clusterspring.channel.ChannelTimer;
import io.clusterspring.channel.fanout.Member;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.limit.MessageRate;
import io.clusterspring.channel.protocol.SocketBroadcast;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Suspension;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.text.LogText;

/**
 * A channel of one client: the view of the handler and of the hub. Its
 * {@link ChannelProcess} controls its life.
 */
final class JoinedChannel implements Channel, Member {

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

	private final FollowedHistory followed;

	private volatile @Nullable JoinedChannel replaced;

	private volatile @Nullable OwnBroadcasts broadcasts;

	private final ChannelAttributes attributes;

	private @Nullable ChannelTimers timers;

	JoinedChannel(ChannelSocket socket, ChannelRoutes.Match match, SocketMessage join, Mailbox mailbox,
			@Nullable JoinedChannel replaced) {
		this.socket = socket;
		this.match = match;
		this.topic = join.topic();
		this.sentJoinRef = join.joinRef();
		this.joinRef = join.joinRef().isNull() ? join.ref() : join.joinRef();
		this.mailbox = mailbox;
		this.replaced = replaced;
		this.attributes = new ChannelAttributes(() -> socket.identity().attributes());
		this.followed = new FollowedHistory(this, socket);
		this.gate = new JoinGate(socket.connection());
		this.process = new ChannelProcess(this, socket, this.gate, this.end);
		this.rate = socket.context().rate(socket.context().settings().limits().channelMessagesPerSecond());
	}

	void join(SocketMessage message) {
		JoinedChannel replaced = this.replaced;
		this.replaced = null;
		this.process.join(message, (replaced != null) ? replaced.process : null);
	}

	void handle(SocketMessage message) {
		this.process.handle(message);
	}

	/**
	 * Called when the right of the socket was refreshed.
	 */
	void refreshed() {
		if (this.attributes.ask()) {
			this.mailbox.postAlways(() -> {
				this.attributes.renew();
				ChannelRefresh.run(this, this.socket, this.process);
			});
		}
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

	// this also ends the channels that this one replaces, if its join was discarded
	private void end() {
		JoinedChannel next = this;
		while (next != null) {
			JoinedChannel ending = next;
			next = ending.replaced;
			ending.replaced = null;
			ending.process.end(this.socket.reason());
		}
	}

	@Override
	public void deliver(SocketFrame frame) {
		this.gate.send(frame);
	}

	@Override
	public void deliveryFailed(Throwable failure) {
		this.process.failed("Delivery failed", () -> "", failure);
		this.socket.fail();
	}

	@Override
	public void deliverInOrder(SocketFrame frame) {
		this.socket.context().hub().afterBroadcasts(topic(), () -> deliver(frame));
	}

	@Override
	public FollowedHistory followed() {
		return this.followed;
	}

	@Override
	public void intercept(TopicMessage message) {
		this.followed.waits(message);
		ChannelLimit limit = this.socket.pending()
			.post(this.mailbox, message, message.bytes(), this.process::intercept);
		if (limit != null && !this.socket.isClosed()) {
			// this channel misses the broadcast
			this.socket.context().limits().reached(limit, this);
			this.followed.refused(message, limit);
		}
	}

	@Override
	public void push(String event, Object payload) {
		Broadcast.requireShort("Event", event);
		JsonNode ref = CurrentChannel.ref(this);
		push(event, payload, (encoded) -> frame(this.joinRef, ref, StringNode.valueOf(event), encoded));
	}

	@Override
	public void pushOn(String topic, String event, Object payload) {
		Assert.hasLength(topic, "Topic must not be empty");
		Broadcast.requireShort("Topic", topic);
		Broadcast.requireShort("Event", event);
		push(event, payload, (encoded) -> serializer().encode(new SocketBroadcast(topic, event, encoded)));
	}

	private void push(String event, Object payload, Function<SocketPayload, SocketFrame> encoder) {
		SocketPayload encoded = this.socket.context().encode(payload);
		Assert.isTrue(encoded.binary() || encoded.isObject(),
				() -> "The payload of push '" + event + "' is neither binary nor a JSON object");
		if (takes(encoded, event)) {
			SocketFrame frame = encoder.apply(encoded);
			inOrder(() -> this.gate.send(frame));
		}
	}

	@Override
	public void broadcast(String event, Object payload) {
		this.socket.context().pubSub().broadcast(topic(), ChannelPayloads.broadcast(event, payload));
		broadcastMade();
	}

	/** Record a broadcast of this channel that will also be delivered to it. */
	void broadcastMade() {
		if (this.process.isJoined()) {
			broadcasts().made();
		}
	}

	private synchronized OwnBroadcasts broadcasts() {
		OwnBroadcasts present = this.broadcasts;
		if (present == null) {
			SocketContext context = this.socket.context();
			present = new OwnBroadcasts(context.hub(), this, context.settings().mailboxCapacity());
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
	 * sent to the client. The mailbox is suspended until then. It must be the last call
	 * of a task in the mailbox.
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
		this.socket.context().pubSub().broadcastFrom(this, topic(), ChannelPayloads.broadcast(event, payload));
	}

	@Override
	public void broadcastLocal(String event, Object payload) {
		this.socket.context().pubSub().broadcastLocal(topic(), ChannelPayloads.broadcast(event, payload));
		broadcastMade();
	}

	@Override
	public void broadcastLocalFrom(String event, Object payload) {
		this.socket.context().pubSub().broadcastLocalFrom(this, topic(), ChannelPayloads.broadcast(event, payload));
	}

	@Nullable JoinedChannel sibling(String topic) {
		return topic.equals(topic()) ? this : this.socket.channel(topic);
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
	public ChannelTimer after(Duration delay, Runnable task) {
		return timers().after(delay, task);
	}

	@Override
	public ChannelTimer every(Duration period, Runnable task) {
		return timers().every(period, task);
	}

	private synchronized ChannelTimers timers() {
		ChannelTimers present = this.timers;
		if (present == null) {
			present = ChannelTimers.of(this, this.socket,
					(task) -> this.mailbox.postAlways(() -> this.process.execute(task)));
			this.timers = present;
			onEnd(present::end);
		}
		return present;
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
		return this.socket.identity().id();
	}

	@Override
	public @Nullable Principal user() {
		return this.socket.identity().user();
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes.get();
	}

	@Override
	public ChannelHandler handler() {
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

	// if the client sent none, it is the reference of the join message
	@Override
	public JsonNode joinRef() {
		return this.joinRef;
	}

	@Override
	public SocketSerializer serializer() {
		return this.socket.replies().serializer();
	}

	@Override
	public boolean takes(SocketPayload payload, String what) {
		boolean takes = !payload.binary() || (serializer().hasBinary() && this.socket.connection().hasBinary());
		if (!takes) {
			this.socket.context().lostBinary(this, what);
		}
		return takes;
	}

	@Override
	public SocketFrame frame(String event, SocketPayload payload) {
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
