package io.clusterspring.channel.socket;

import java.util.HashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.channel.ImmediateReply;
import io.clusterspring.channel.InvalidPayloadException;
import io.clusterspring.channel.LaterReply;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.UnexpectedMessageException;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply.Status;
import io.clusterspring.mailbox.Suspension;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.text.LogText;

/**
 * The life of a channel: join, messages, end. Order and messages are those of
 * {@code Phoenix.Channel.Server}. All methods except {@link #askToClose} and
 * {@link #giveUp} run in the channel's mailbox, so they need no lock.
 *
 * <p>
 * Any exception ends the channel. All steps of the end are taken, even if one of them
 * throws.
 */
final class ChannelProcess {

	private static final Log logger = LogFactory.getLog(ChannelProcess.class);

	private static final JsonNode CLOSE = StringNode.valueOf("phx_close");

	private static final JsonNode ERROR = StringNode.valueOf("phx_error");

	private static final Reply REPLY_TIMEOUT = Reply.refuse("reply timeout");

	private static final SocketPayload CRASH = SocketReplies.json("{\"reason\":\"channel_crash\"}");

	private final JoinedChannel channel;

	private final ChannelSocket socket;

	private final JoinGate gate;

	private final EndActions end;

	// changed in the mailbox only
	private volatile ChannelPhase phase = ChannelPhase.JOINING;

	private volatile boolean closeAsked;

	ChannelProcess(JoinedChannel channel, ChannelSocket socket, JoinGate gate, EndActions end) {
		this.channel = channel;
		this.socket = socket;
		this.gate = gate;
		this.end = end;
	}

	/**
	 * Join. A channel that this one replaces on the topic ends first; its closing message
	 * follows the reply.
	 * @param message the join
	 * @param replaced the channel to replace, or {@code null}
	 */
	void join(SocketMessage message, @Nullable ChannelProcess replaced) {
		ChannelProcess predecessor = (replaced != null && !replaced.hasEnded()) ? replaced : null;
		ChannelJoin join = new ChannelJoin(this.channel, this.socket, this, message, predecessor);
		if (predecessor == null) {
			join.decide();
		}
		else {
			predecessor.finish(LeaveReason.REJOINED, () -> {
			}, join::decide);
		}
	}

	/**
	 * Suspend the mailbox until a stage completes. No thread blocks.
	 * @param later the pending reply, of this call only
	 * @param action gets the result of the stage, or a {@link StageWait.TimedOut}
	 */
	void await(LaterReply later, BiConsumer<@Nullable Object, @Nullable Throwable> action) {
		Suspension suspension = this.channel.mailbox().suspend();
		Runnable gone = () -> {
			later.settle(Reply.none());
			end(LeaveReason.CONNECTION_CLOSED);
		};
		this.phase = new ChannelPhase.Waiting(() -> suspension.resume(gone));
		try {
			StageWait wait = StageWait.begin(later.stage(), this.socket.context().settings().handlers().joinTimeout(),
					(value, failure) -> suspension.resume(() -> {
						this.phase = ChannelPhase.JOINING;
						later.settle(ChannelJoin.TIMEOUT);
						action.accept(value, failure);
					}));
			this.phase = new ChannelPhase.Waiting(() -> {
				wait.cancel();
				suspension.resume(gone);
			});
			if (this.socket.isClosed()) {
				giveUp();
			}
		}
		catch (Throwable ex) {
			suspension.resume(() -> {
				this.phase = ChannelPhase.JOINING;
				later.settle(Reply.none());
				action.accept(null, ex);
			});
		}
	}

	/**
	 * Stop waiting for a stage, because the client has disconnected.
	 */
	void giveUp() {
		this.phase.giveUp();
	}

	/**
	 * Complete the join: add the channel to its topic and send the reply.
	 * @param answer the reply to the join
	 * @param afterReply runs when the reply was sent
	 */
	void enter(SocketFrame answer, Runnable afterReply) {
		Assert.state(this.phase == ChannelPhase.JOINING, "A channel can be joined only once");
		this.socket.context().hub().join(this.channel);
		this.phase = new ChannelPhase.Joined(new HashMap<>(0));
		this.socket.connection().send(answer);
		afterReply.run();
		this.gate.open();
		closeIfAsked();
	}

	/**
	 * Handle a message of the client.
	 * @param message the message
	 */
	void handle(SocketMessage message) {
		if (!(this.phase instanceof ChannelPhase.Joined joined)) {
			this.socket.replies().notJoined(message);
		}
		else if (MessageNames.is(message.event(), "phx_leave")) {
			finish(LeaveReason.LEFT, () -> {
				this.socket.replies().send(this.channel.joinRef(), message, Status.OK, SocketReplies.EMPTY);
				sendClosed();
			});
		}
		else {
			String event = message.event().isString() ? message.event().stringValue() : message.event().toString();
			guard(() -> "event '" + LogText.of(event) + "'", () -> handle(joined, message, event));
		}
	}

	private void handle(ChannelPhase.Joined joined, SocketMessage message, String event) throws Exception {
		if (!message.event().isString() || event.startsWith("phx_")) {
			throw new UnexpectedMessageException("it is not an event of a channel");
		}
		if (joined.lateReplies().size() >= this.socket.context().settings().mailboxCapacity()) {
			this.socket.limitReached(ChannelLimit.MAILBOX_CAPACITY);
			reply(joined, message, Reply.refuse("overloaded"));
			return;
		}
		try {
			reply(joined, message, this.channel.handler()
				.onEvent(this.channel, event, this.socket.context().received(message.payload())));
		}
		catch (InvalidPayloadException ex) {
			reply(joined, message, SocketReplies.invalid(ex));
		}
	}

	private void reply(ChannelPhase.Joined joined, SocketMessage message, @Nullable Reply reply) {
		Assert.state(reply != null, "The handler returned null instead of a reply; return Reply.none() for no reply");
		if (reply instanceof ImmediateReply immediate && immediate.status() != null) {
			SocketFrame frame = EncodedReply.of(this.channel, this.socket, this.channel.joinRef(), message, immediate)
				.frame();
			this.channel.inOrder(() -> this.socket.connection().send(frame));
		}
		else if (reply instanceof LaterReply later) {
			LaterReply call = later.ofCall();
			// Phoenix's socket_ref/1 also fails for a message without a reference
			if (message.ref().isNull()) {
				call.settle(Reply.none());
				throw new UnexpectedMessageException("a message without ref cannot get a later reply");
			}
			replyLater(joined, message.withoutPayload(), call);
		}
	}

	private void replyLater(ChannelPhase.Joined joined, SocketMessage message, LaterReply later) {
		StageWait[] wait = new StageWait[1];
		wait[0] = StageWait.begin(later.stage(), this.socket.context().settings().handlers().replyTimeout(),
				(value, failure) -> this.channel.mailbox().postAlways(() -> {
					joined.lateReplies().remove(wait[0]);
					later.settle(REPLY_TIMEOUT);
					execute(() -> "the late reply to " + LogText.of(message.event().toString()),
							() -> reply(joined, message, late(value, failure)));
				}));
		joined.lateReplies().put(wait[0], later);
	}

	private Reply late(@Nullable Object value, @Nullable Throwable failure) throws Exception {
		if (failure instanceof StageWait.TimedOut) {
			this.socket.limitReached(ChannelLimit.REPLY_TIMEOUT);
			return REPLY_TIMEOUT;
		}
		return LaterReply.known(value, failure);
	}

	/**
	 * Pass a broadcast or a plain payload to the handler.
	 * @param message the message
	 */
	void intercept(TopicMessage message) {
		execute(() -> LogText.of(message.toString()), () -> {
			Object[] outgoing = new Object[1];
			CurrentChannel.handling(message.position(), () -> outgoing[0] = handle(message));
			this.channel.followed().handled(message, outgoing[0]);
		});
	}

	private @Nullable Object handle(TopicMessage message) throws Exception {
		String event = message.event();
		if (event == null) {
			this.channel.handler().onMessage(this.channel, message);
			return null;
		}
		Object outgoing = this.channel.handler()
			.onBroadcast(this.channel, event,
					this.socket.context().received(new SocketPayload(message.bytes(), message.isBinary())));
		if (outgoing != null) {
			this.channel.push(event, outgoing);
		}
		return outgoing;
	}

	/**
	 * Run a task that the application has submitted to the channel.
	 * @param task the task
	 */
	void execute(Runnable task) {
		execute(() -> "a task of the application", task::run);
	}

	void execute(Supplier<String> what, Step action) {
		if (isJoined()) {
			guard(what, action);
		}
	}

	boolean isJoined() {
		return this.phase instanceof ChannelPhase.Joined;
	}

	boolean hasEnded() {
		return this.phase == ChannelPhase.ENDED;
	}

	void askToClose() {
		this.closeAsked = true;
	}

	void closeIfAsked() {
		if (this.closeAsked && isJoined()) {
			finish(LeaveReason.CLOSED, this::sendClosed);
		}
	}

	/**
	 * End without a message to the client.
	 * @param reason the reason
	 */
	void end(LeaveReason reason) {
		ChannelPhase was = this.phase;
		if (was != ChannelPhase.ENDED) {
			this.phase = ChannelPhase.ENDED;
			release(was, reason, () -> {
			});
		}
	}

	/**
	 * End after a failure. The client gets {@code phx_error} and joins again.
	 */
	void crash() {
		finish(LeaveReason.FAILED, () -> send(ERROR, CRASH));
	}

	void sendClosed() {
		sendClosed(SocketReplies.EMPTY);
	}

	void sendClosed(SocketPayload reason) {
		send(CLOSE, reason);
	}

	private void guard(Supplier<String> what, Step action) {
		try {
			CurrentChannel.call(this.channel, action);
			closeIfAsked();
		}
		catch (Throwable ex) {
			failed("Crash on ", what, ex);
			crash();
		}
	}

	/**
	 * Count a failure and log it, unless it repeats too often. It never throws.
	 * @param what the step that failed
	 * @param detail details of the step
	 * @param failure the cause
	 */
	void failed(String what, Supplier<String> detail, Throwable failure) {
		try {
			this.socket.context()
				.crashes()
				.add(this.channel.handler(), () -> what + detail.get() + " in " + this.channel, failure);
		}
		catch (Throwable ex) {
			logger.error(what, LogText.failure(ex));
		}
	}

	void finish(LeaveReason reason, Runnable lastMessage) {
		finish(reason, lastMessage, () -> {
		});
	}

	private void finish(LeaveReason reason, Runnable lastMessage, Runnable next) {
		ChannelPhase was = this.phase;
		if (was == ChannelPhase.ENDED) {
			next.run();
			return;
		}
		this.phase = ChannelPhase.ENDED;
		this.channel.whenSettled(() -> {
			release(was, reason, lastMessage);
			next.run();
		});
	}

	private void release(ChannelPhase was, LeaveReason reason, Runnable lastMessage) {
		attempt("Cannot stop pushes", this.gate::close);
		attempt("Cannot leave the topic", () -> this.socket.context().hub().leave(this.channel));
		attempt("Cannot send the closing message", lastMessage::run);
		this.socket.remove(this.channel);
		if (was instanceof ChannelPhase.Joined joined) {
			joined.lateReplies().forEach((wait, later) -> {
				wait.cancel();
				later.settle(Reply.none());
			});
			joined.lateReplies().clear();
		}
		this.end.run();
		if (was instanceof ChannelPhase.Joined) {
			attempt("Leave failed", () -> this.channel.handler().onLeave(this.channel, reason));
		}
	}

	private void attempt(String what, Step action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			failed(what, () -> "", ex);
		}
	}

	private void send(JsonNode event, SocketPayload payload) {
		this.socket.connection().send(this.channel.lifecycle(event, payload));
	}

	/**
	 * A step that may throw.
	 */
	interface Step {

		void run() throws Exception;

	}

}
