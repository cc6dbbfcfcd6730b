package io.clusterspring.channel.longpoll;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.text.LogText;

/**
 * A connection of a client that polls, on the node that has its session. Messages wait
 * here until the client polls. A waiting request is answered from the mailbox, with all
 * messages that have arrived by then. phoenix.js can send binary messages this way, but
 * not receive them. Thread-safe.
 */
final class LongPollSession implements SocketConnection {

	private static final Log logger = LogFactory.getLog(LongPollSession.class);

	private final String id = UUID.randomUUID().toString();

	private final LongPollSettings settings;

	private final Mailbox answers;

	private final Object receiving = new Object();

	private final Queue<SocketFrame.Message> buffer = new ArrayDeque<>();

	private final LastAnswer last = new LastAnswer();

	private int buffered;

	// the request that waits for messages
	private @Nullable CompletableFuture<PollAnswer> waiting;

	private long seen = System.nanoTime();

	private State state = State.OPEN;

	private volatile @Nullable SocketSession session;

	LongPollSession(LongPollSettings settings, Executor executor) {
		this.settings = settings;
		this.answers = new Mailbox(executor, Integer.MAX_VALUE);
	}

	void open(AcceptedSocket accepted) {
		SocketSession opened = accepted.open(this);
		this.session = opened;
		if (isClosed()) {
			opened.closed();
		}
	}

	/**
	 * Request the messages for the client. One request can wait at a time; a second one
	 * ends the first. A client that has missed the last answer gets the same answer
	 * again, because a connection may break unnoticed while a request waits.
	 * @param acknowledged the number of answers with messages that the client has
	 * received
	 * @return completes with messages, with 204 after a timeout without messages, or with
	 * 410 when the session has ended and all messages were delivered
	 */
	CompletableFuture<PollAnswer> poll(int acknowledged) {
		CompletableFuture<PollAnswer> poll = new CompletableFuture<>();
		CompletableFuture<PollAnswer> former;
		synchronized (this) {
			former = await(poll);
			this.last.acknowledge(acknowledged);
		}
		endEmpty(former);
		answerIfPossible();
		return poll;
	}

	/**
	 * End the waiting request, if there is one. Later messages wait for the next request.
	 */
	void release() {
		endEmpty(await(null));
	}

	private synchronized @Nullable CompletableFuture<PollAnswer> await(@Nullable CompletableFuture<PollAnswer> next) {
		CompletableFuture<PollAnswer> former = this.waiting;
		this.waiting = next;
		this.seen = System.nanoTime();
		return former;
	}

	private static void endEmpty(@Nullable CompletableFuture<PollAnswer> request) {
		if (request != null) {
			request.complete(PollAnswer.of(PollAnswer.NO_CONTENT));
		}
	}

	private void answerIfPossible() {
		CompletableFuture<PollAnswer> poll;
		PollAnswer answer;
		synchronized (this) {
			poll = this.waiting;
			boolean nothing = this.buffer.isEmpty() && !this.last.isKept();
			if (poll == null || (nothing && this.state == State.OPEN)) {
				return;
			}
			await(null);
			answer = nothing ? PollAnswer.of(PollAnswer.GONE) : new PollAnswer(PollAnswer.OK, takeAll());
		}
		poll.complete(answer);
	}

	private List<String> takeAll() {
		if (!this.last.isKept()) {
			this.last.keep(this.buffer.stream().map(SocketFrame.Message::text).toList(), this.buffered);
			this.buffer.clear();
			this.buffered = 0;
		}
		return this.last.messages();
	}

	/**
	 * Handle messages of the client.
	 * @param body the messages
	 * @return 200; 408 if they are malformed, which ends the session, as in Phoenix; 410
	 * if the session has ended before
	 */
	int receive(PollBody body) {
		SocketSession present = this.session;
		if (present == null || isClosed()) {
			return PollAnswer.GONE;
		}
		synchronized (this) {
			this.seen = System.nanoTime();
		}
		synchronized (this.receiving) {
			try {
				body.forEach(present::received, present::receivedBinary);
			}
			catch (IllegalArgumentException ex) {
				logger.debug("Closing socket " + this.id + ": " + LogText.of(ex.getMessage()));
				close(SERVER_ERROR);
			}
		}
		return hasFailed() ? PollAnswer.TIMEOUT : PollAnswer.OK;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public boolean hasBinary() {
		return false;
	}

	@Override
	public void send(SocketFrame frame) {
		boolean full;
		synchronized (this) {
			if (this.state != State.OPEN) {
				return;
			}
			full = this.buffered > 0
					&& this.buffered + this.last.size() + frame.size() > this.settings.bufferCapacity();
			if (!full) {
				this.buffer.addAll(frame.messages());
				this.buffered += frame.size();
			}
		}
		if (full) {
			overflow();
		}
		else {
			this.answers.postAlways(this::answerIfPossible);
		}
	}

	@Override
	public synchronized long waitingBytes() {
		return this.buffered;
	}

	@Override
	public synchronized long heardAt() {
		return this.seen;
	}

	@Override
	public synchronized long room() {
		return (long) this.settings.bufferCapacity() - this.buffered - this.last.size();
	}

	private void overflow() {
		int size;
		synchronized (this) {
			size = this.buffered;
			this.buffer.clear();
			this.buffered = 0;
		}
		logger.warn("Closing socket " + this.id + ": the client does not poll, " + size + " bytes are waiting");
		close(POLICY_VIOLATION);
	}

	@Override
	public void close(int code) {
		synchronized (this) {
			if (this.state == State.OPEN) {
				this.state = (code == SERVER_ERROR) ? State.FAILED : State.CLOSED;
				if (code == SERVER_ERROR) {
					this.last.forget();
				}
			}
		}
		SocketSession present = this.session;
		if (present != null) {
			present.closed(reason(code));
		}
		this.answers.postAlways(this::answerIfPossible);
	}

	// returns why this session closes by itself; the socket knows its own reasons
	private static LeaveReason reason(int code) {
		return switch (code) {
			case GOING_AWAY -> LeaveReason.TIMED_OUT;
			case POLICY_VIOLATION -> LeaveReason.LIMIT_REACHED;
			case SERVER_ERROR -> LeaveReason.FAILED;
			case SERVICE_RESTART -> LeaveReason.NODE_STOPS;
			default -> LeaveReason.CONNECTION_CLOSED;
		};
	}

	private synchronized boolean hasFailed() {
		return this.state == State.FAILED;
	}

	synchronized boolean isClosed() {
		return this.state != State.OPEN;
	}

	/**
	 * Check the timeouts: end a request that has waited for too long, and end the session
	 * if the client has not polled for too long.
	 * @return whether the session can be removed
	 */
	boolean tick() {
		boolean polled;
		boolean over;
		long silent;
		watchSession();
		synchronized (this) {
			polled = this.waiting != null;
			over = this.state != State.OPEN && this.buffer.isEmpty() && !this.last.isKept() && !polled;
			silent = System.nanoTime() - this.seen;
		}
		if (polled && silent > this.settings.pollTimeout().toNanos()) {
			this.answers.postAlways(this::release);
		}
		boolean left = !polled && silent > this.settings.sessionTimeout().toNanos();
		if (left && !isClosed()) {
			logger.debug("Closing socket " + this.id + ": the client does not poll any more");
			close(GOING_AWAY);
		}
		return over || left;
	}

	private void watchSession() {
		SocketSession present = this.session;
		if (present != null && !isClosed()) {
			present.watch(System.nanoTime());
		}
	}

	/**
	 * The states of a session, see the package.
	 */
	private enum State {

		OPEN, CLOSED, FAILED

	}

}
