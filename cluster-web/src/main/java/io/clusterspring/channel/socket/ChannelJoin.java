package io.clusterspring.channel.socket;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.channel.ImmediateReply;
import io.clusterspring.channel.InvalidPayloadException;
import io.clusterspring.channel.LaterReply;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.fanout.OpenTopic;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply.Status;
import io.clusterspring.text.LogText;

/**
 * One join, from the handler's decision to the open channel. Any exception on the way
 * refuses the join; the client gets an error reply if possible. Runs in the channel's
 * mailbox.
 */
final class ChannelJoin {

	static final Reply TIMEOUT = Reply.refuse("join timeout");

	private final JoinedChannel channel;

	private final ChannelSocket socket;

	private final ChannelProcess process;

	private SocketMessage message;

	private @Nullable ChannelProcess predecessor;

	private boolean answered;

	ChannelJoin(JoinedChannel channel, ChannelSocket socket, ChannelProcess process, SocketMessage message,
			@Nullable ChannelProcess predecessor) {
		this.channel = channel;
		this.socket = socket;
		this.process = process;
		this.message = message;
		this.predecessor = predecessor;
	}

	void decide() {
		if (this.process.hasEnded() || this.socket.isClosed()) {
			this.process.end(LeaveReason.CLOSED);
			return;
		}
		SocketPayload payload = this.channel.followed().take(this.message.payload());
		// frees the payload while the handler's stage is pending
		this.message = this.message.withoutPayload();
		attempt(() -> conclude(this.channel.handler().onJoin(this.channel, this.socket.context().received(payload))));
	}

	private void conclude(@Nullable Reply reply) {
		if (reply instanceof LaterReply later) {
			this.process.await(later.ofCall(), (value, failure) -> attempt(() -> {
				Assert.state(value != null || failure != null,
						"The handler has not decided the join: its stage completed with null");
				conclude(LaterReply.known(value, failure));
			}));
		}
		else if (reply instanceof ImmediateReply immediate) {
			ImmediateReply decision = (immediate.status() != null) ? immediate : (ImmediateReply) Reply.ok();
			Assert.state(decision.isDecision(), () -> "The handler has not decided the join: the status of its reply, '"
					+ LogText.of(decision.status()) + "', is neither ok nor error");
			answer(decision);
		}
		else {
			throw new IllegalStateException("The handler has not decided the join: it returned null");
		}
	}

	private void attempt(ChannelProcess.Step action) {
		try {
			action.run();
		}
		catch (InvalidPayloadException ex) {
			refuse(SocketReplies.invalid(ex));
		}
		catch (StageWait.TimedOut ex) {
			this.socket.limitReached(ChannelLimit.JOIN_TIMEOUT);
			refuse(TIMEOUT);
		}
		catch (Throwable ex) {
			crashed(ex);
		}
	}

	private void answer(ImmediateReply reply) {
		EncodedReply answer = EncodedReply.of(this.channel, this.socket, this.message.joinRef(), this.message, reply);
		if (answer.status().equals(Status.OK)) {
			open(answer.frame());
			return;
		}
		this.socket.connection().send(answer.frame());
		this.answered = true;
		closePredecessor();
		this.process.end(LeaveReason.CLOSED);
	}

	// nobody is told of a join before all nodes send the broadcasts of the topic here
	private void open(SocketFrame answer) {
		OpenTopic topic = this.socket.context().hub().open(this.channel.topic());
		if (topic.isReady()) {
			try (topic) {
				enter(answer);
			}
			return;
		}
		this.channel.onEnd(topic::close);
		this.process.await(new LaterReply(topic.ready()).ofCall(), (value, failure) -> attempt(() -> {
			LaterReply.known(value, failure);
			enter(answer);
			topic.close();
		}));
	}

	private void enter(SocketFrame answer) {
		this.process.enter(answer, () -> {
			this.answered = true;
			closePredecessor();
		});
	}

	private void refuse(Reply reply) {
		try {
			answer((ImmediateReply) reply);
		}
		catch (Throwable ex) {
			crashed(ex);
		}
	}

	private void crashed(Throwable failure) {
		this.process.failed("Join crashed", () -> "", failure);
		boolean told = this.answered;
		quietly(() -> {
			if (!told) {
				answer((ImmediateReply) Reply.refuse("join crashed"));
			}
		});
		quietly(this::closePredecessor);
		if (told) {
			this.process.crash();
		}
		else {
			this.process.end(LeaveReason.CLOSED);
		}
	}

	private void quietly(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			this.process.failed("Cannot send the answer to a join", () -> "", ex);
		}
	}

	private void closePredecessor() {
		ChannelProcess predecessor = this.predecessor;
		this.predecessor = null;
		if (predecessor != null) {
			predecessor.sendClosed();
		}
	}

}
