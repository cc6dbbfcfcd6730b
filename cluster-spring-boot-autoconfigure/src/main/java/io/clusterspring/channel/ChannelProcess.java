package io.clusterspring.channel;

import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply.Status;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.text.LogText;

/**
 * The life of a channel: join, messages, end, in the order and the words of
 * {@code Phoenix.Channel.Server}. All but {@link #push} and {@link #askToClose} runs in
 * the channel's mailbox, so there is nothing to lock.
 */
final class ChannelProcess {

	private static final Log logger = LogFactory.getLog(ChannelProcess.class);

	private static final JsonNode CLOSE = StringNode.valueOf("phx_close");

	private static final JsonNode ERROR = StringNode.valueOf("phx_error");

	private static final SocketPayload NO_BINARY = SocketReplies.json("{\"reason\":\"binary response\"}");

	private static final SocketPayload CRASH = SocketReplies.json("{\"reason\":\"channel_crash\"}");

	private final JoinedChannel channel;

	private final ChannelSocket socket;

	private final JoinGate gate;

	private final ChannelEnd end;

	private boolean joined;

	private volatile boolean ended;

	private volatile boolean closeAsked;

	ChannelProcess(JoinedChannel channel, ChannelSocket socket, JoinGate gate, ChannelEnd end) {
		this.channel = channel;
		this.socket = socket;
		this.gate = gate;
		this.end = end;
	}

	/**
	 * Join. The channel this one replaces on the topic ends first and says so after the
	 * reply.
	 * @param message the join
	 * @param replaced the channel to replace, if there is one
	 */
	void join(SocketMessage message, @Nullable ChannelProcess replaced) {
		ChannelProcess predecessor = (replaced != null && !replaced.ended) ? replaced : null;
		if (predecessor != null) {
			predecessor.end();
		}
		if (this.ended) {
			return;
		}
		Answer answer = decide(message);
		this.joined = answer.status() == Status.OK;
		if (this.joined) {
			this.socket.server().hub().join(this.channel);
		}
		this.socket.connection().send(answer.frame());
		if (predecessor != null) {
			predecessor.say(CLOSE, SocketReplies.EMPTY);
		}
		if (this.joined) {
			this.gate.open();
			closeIfAsked();
		}
		else {
			end();
		}
	}

	private Answer decide(SocketMessage message) {
		try {
			Reply reply = this.channel.handler().onJoin(this.channel, payload(message.payload()));
			while (reply instanceof LaterReply later) {
				reply = asReply(later.stage().toCompletableFuture().join());
			}
			return answer(message.joinRef(), message,
					(reply instanceof ImmediateReply immediate) ? immediate : (ImmediateReply) Reply.ok());
		}
		catch (InvalidPayloadException ex) {
			return answer(message.joinRef(), message, (ImmediateReply) ex.toReply());
		}
		catch (Throwable ex) {
			failed("Join crashed", ex);
			return answer(message.joinRef(), message, (ImmediateReply) Reply.refuse("join crashed"));
		}
	}

	/**
	 * Handle a message of the client.
	 * @param message the message
	 */
	void handle(SocketMessage message) {
		if (this.ended) {
			this.socket.replies().notJoined(message);
		}
		else if (ChannelSocket.is(message.event(), "phx_leave")) {
			stop();
			this.socket.replies().send(this.channel.joinRef(), message, Status.OK, SocketReplies.EMPTY);
			say(CLOSE, SocketReplies.EMPTY);
			forget();
		}
		else {
			String event = message.event().isString() ? message.event().stringValue() : message.event().toString();
			guard(() -> "event '" + LogText.of(event) + "'", () -> handle(message, event));
		}
	}

	private void handle(SocketMessage message, String event) throws Exception {
		if (!message.event().isString() || event.startsWith("phx_")) {
			throw new UnexpectedMessageException("it is not for channels");
		}
		try {
			reply(message, this.channel.handler().onEvent(this.channel, event, payload(message.payload())));
		}
		catch (InvalidPayloadException ex) {
			reply(message, ex.toReply());
		}
		closeIfAsked();
	}

	private void reply(SocketMessage message, Reply reply) {
		if (reply instanceof ImmediateReply immediate) {
			this.socket.connection().send(answer(this.channel.joinRef(), message, immediate).frame());
		}
		else if (reply instanceof LaterReply later) {
			// as Phoenix's socket_ref/1, which cannot take up a message without a
			// reference
			if (message.ref().isNull()) {
				throw new UnexpectedMessageException("a message without ref cannot be replied to later");
			}
			later.stage()
				.whenComplete((value, failure) -> this.channel.mailbox()
					.postAlways(() -> replyLater(message, value, failure)));
		}
	}

	private void replyLater(SocketMessage message, @Nullable Object value, @Nullable Throwable failure) {
		if (this.ended) {
			return;
		}
		guard(() -> "the late reply to " + LogText.of(message.event().toString()), () -> {
			if (failure != null) {
				throw (LaterReply.cause(failure) instanceof Exception ex) ? ex : new IllegalStateException(failure);
			}
			reply(message, asReply(value));
		});
	}

	/**
	 * Let the handler see a broadcast or a plain payload.
	 * @param message the message
	 */
	void intercept(TopicMessage message) {
		if (this.ended) {
			return;
		}
		guard(() -> LogText.of(message.toString()), () -> {
			String event = message.event();
			if (event == null) {
				this.channel.handler().onMessage(this.channel, message);
			}
			else {
				Object outgoing = this.channel.handler()
					.onBroadcast(this.channel, event, payload(new SocketPayload(message.bytes(), message.isBinary())));
				if (outgoing != null) {
					push(event, outgoing);
				}
			}
			closeIfAsked();
		});
	}

	/**
	 * Run a task of the channel's own.
	 * @param task the task
	 */
	void execute(Runnable task) {
		if (!this.ended) {
			guard(() -> "a task of its own", () -> {
				task.run();
				closeIfAsked();
			});
		}
	}

	void push(String event, Object payload) {
		SocketPayload encoded = OutgoingPayload.encode(payload, this.socket.server().codec());
		Assert.isTrue(encoded.binary() || encoded.isObject(),
				() -> "The payload of push '" + event + "' is neither binary nor a JSON object");
		if (this.channel.takes(encoded, event)) {
			this.gate.send(this.channel.push(event, encoded));
		}
	}

	boolean hasEnded() {
		return this.ended;
	}

	void askToClose() {
		this.closeAsked = true;
	}

	void closeIfAsked() {
		if (this.closeAsked && this.joined && !this.ended) {
			stop();
			say(CLOSE, SocketReplies.EMPTY);
			forget();
		}
	}

	/**
	 * End without a word to the client.
	 */
	void end() {
		if (!this.ended) {
			stop();
			forget();
		}
	}

	private void guard(Supplier<String> what, ThrowingRunnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			failed("Crash on " + what.get(), ex);
			if (!this.ended) {
				stop();
				say(ERROR, CRASH);
				forget();
			}
		}
	}

	private void failed(String what, Throwable ex) {
		this.socket.server().statistics().crashed();
		if (ex instanceof UnexpectedMessageException) {
			logger.warn(what + " in " + this.channel + ": " + LogText.of(String.valueOf(ex.getMessage())));
		}
		else {
			logger.error(what + " in " + this.channel, ex);
		}
	}

	private void stop() {
		this.ended = true;
		this.gate.close();
		if (this.joined) {
			this.socket.server().hub().leave(this.channel);
		}
	}

	private void say(JsonNode event, SocketPayload payload) {
		this.socket.connection().send(this.channel.lifecycle(event, payload));
	}

	private void forget() {
		this.socket.remove(this.channel);
		this.end.come();
		if (this.joined) {
			try {
				this.channel.handler().onLeave(this.channel);
			}
			catch (Throwable ex) {
				failed("Leave failed", ex);
			}
		}
	}

	private ChannelPayload payload(SocketPayload raw) {
		return new ChannelPayload(raw, this.socket.server().codec());
	}

	private Answer answer(JsonNode joinRef, SocketMessage message, ImmediateReply reply) {
		SocketPayload response = OutgoingPayload.encode(reply.response(), this.socket.server().codec());
		boolean takes = this.channel.takes(response, "a reply");
		Status status = (reply.ok() && takes) ? Status.OK : Status.ERROR;
		return new Answer(status, this.socket.replies().frame(joinRef, message, status, takes ? response : NO_BINARY));
	}

	private static Reply asReply(@Nullable Object value) {
		return (value instanceof Reply reply) ? reply : Reply.ok(value);
	}

	/**
	 * A reply in the form in which it goes out.
	 */
	private record Answer(Status status, SocketFrame frame) {
	}

	/**
	 * Something that may fail.
	 */
	private interface ThrowingRunnable {

		void run() throws Exception;

	}

}
