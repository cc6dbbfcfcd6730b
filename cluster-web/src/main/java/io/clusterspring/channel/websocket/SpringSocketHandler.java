package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.channel.websocket.ChannelEndpoint.SocketLimits;

/**
 * Handles connections with spring-websocket, on every server that it supports.
 */
final class SpringSocketHandler extends AbstractWebSocketHandler {

	private final SocketLimits limits;

	private final SocketSenders senders;

	private final SocketCount count;

	private final Map<String, SocketLifecycle> open = new ConcurrentHashMap<>();

	SpringSocketHandler(SocketLimits limits, SocketSenders senders, SocketCount count) {
		this.limits = limits;
		this.senders = senders;
		this.count = count;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		session.setTextMessageSizeLimit(this.limits.maxMessageSize());
		session.setBinaryMessageSizeLimit(this.limits.maxMessageSize());
		SocketLifecycle lifecycle = new Connection(session, this.senders.of(session), this.limits,
				this.count).lifecycle;
		this.open.put(session.getId(), lifecycle);
		lifecycle.open(() -> ConnectInterceptor.accepted(session.getAttributes()).open(lifecycle));
		if (!session.isOpen()) {
			afterConnectionClosed(session, CloseStatus.GOING_AWAY);
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		SocketSession present = heard(session);
		if (present != null) {
			present.received(ByteBuffer.wrap(message.asBytes()));
		}
	}

	@Override
	protected void handlePongMessage(WebSocketSession session, PongMessage message) {
		heard(session);
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
		SocketSession present = heard(session);
		if (present != null) {
			// the web server may reuse the buffer
			byte[] bytes = new byte[message.getPayloadLength()];
			message.getPayload().get(bytes);
			present.receivedBinary(ByteBuffer.wrap(bytes));
		}
	}

	private @Nullable SocketSession heard(WebSocketSession session) {
		SocketLifecycle present = this.open.get(session.getId());
		if (present == null) {
			return null;
		}
		present.heard();
		return present.openSession();
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		SocketLifecycle present = this.open.remove(session.getId());
		if (present != null) {
			if (status.getCode() == CloseCodes.TOO_BIG) {
				present.limitReached(ChannelLimit.MAX_MESSAGE_SIZE);
			}
			present.ended();
		}
	}

	/**
	 * Check all connections for timeouts. It must be called about once a second, by one
	 * thread.
	 */
	void checkTimeouts() {
		long now = System.nanoTime();
		this.open.values().forEach((present) -> present.watch(now));
	}

	/**
	 * A connection. A client that does not read blocks no thread: its frames wait in the
	 * outbox.
	 */
	private static final class Connection {

		private final SocketOutbox outbox;

		private final SocketLifecycle lifecycle;

		Connection(WebSocketSession session, SocketSender sender, SocketLimits limits, SocketCount count) {
			this.outbox = new SocketOutbox(new SenderChannel(sender, this::writable, this::failed),
					limits.outboxCapacity());
			this.lifecycle = new SocketLifecycle(session.getId(), limits, this.outbox, count, sender::abort);
		}

		private void writable() {
			this.outbox.writable();
		}

		private void failed(Exception failure) {
			this.lifecycle.failed(failure);
		}

	}

	/**
	 * Writes the frames of an outbox with a {@link SocketSender}. Bytes count as waiting
	 * until the sender has completed them. So a client that does not read is detected
	 * even if the server buffers frames.
	 */
	static final class SenderChannel implements SocketOutbox.Channel, SocketSender.Completion {

		private final SocketSender sender;

		private final Runnable writable;

		private final Consumer<Exception> failed;

		private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.IDLE);

		private volatile @Nullable Throwable failure;

		// used by the writing thread only
		private int underway;

		/**
		 * Create a channel.
		 * @param writable called when the sender accepts more frames
		 * @param failed called when the connection is broken
		 */
		SenderChannel(SocketSender sender, Runnable writable, Consumer<Exception> failed) {
			this.sender = sender;
			this.writable = writable;
			this.failed = failed;
		}

		@Override
		public boolean write(ByteBuffer bytes) throws IOException {
			if (this.underway > 0) {
				take(bytes);
			}
			while (bytes.hasRemaining()) {
				this.progress.set(Progress.SENDING);
				this.underway = this.sender.send(bytes.duplicate(), this);
				if (this.progress.get() != Progress.DONE) {
					return false;
				}
				take(bytes);
			}
			return true;
		}

		private void take(ByteBuffer bytes) throws IOException {
			Throwable cause = this.failure;
			if (cause != null) {
				throw new IOException("Frames were not sent", cause);
			}
			bytes.position(bytes.position() + this.underway);
			this.underway = 0;
		}

		@Override
		public void awaitWritable() {
			if (!this.progress.compareAndSet(Progress.SENDING, Progress.AWAITED)) {
				this.writable.run();
			}
		}

		@Override
		public void sent() {
			if (this.progress.getAndSet(Progress.DONE) == Progress.AWAITED) {
				this.writable.run();
			}
		}

		@Override
		public void failed(Throwable failure) {
			this.failure = failure;
			sent();
		}

		@Override
		public void failed(Exception failure) {
			this.failed.accept(failure);
		}

		private enum Progress {

			IDLE, SENDING, AWAITED, DONE

		}

	}

}
