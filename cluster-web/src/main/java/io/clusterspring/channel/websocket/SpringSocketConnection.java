package io.clusterspring.channel.websocket;

import org.springframework.web.socket.WebSocketSession;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketConnection;

/**
 * A connection that uses spring-websocket. A client that does not read blocks no thread:
 * its frames wait in the outbox.
 */
final class SpringSocketConnection implements SocketConnection {

	private final String id;

	private final SocketOutbox outbox;

	private final SocketLifecycle lifecycle;

	SpringSocketConnection(WebSocketSession session, SocketSender sender, SocketLimits limits, SocketCount count) {
		this.id = session.getId();
		this.outbox = new SocketOutbox(new SenderChannel(sender, this::writable, this::failed),
				limits.outboxCapacity());
		this.lifecycle = new SocketLifecycle(this.id, limits, this.outbox, count, sender::abort);
	}

	void open(AcceptedSocket accepted) {
		this.lifecycle.open(() -> accepted.open(this));
	}

	SocketLifecycle lifecycle() {
		return this.lifecycle;
	}

	private void writable() {
		this.outbox.writable();
	}

	private void failed(Exception failure) {
		this.lifecycle.failed(failure);
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public void send(SocketFrame frame) {
		this.lifecycle.send(frame.wire());
	}

	@Override
	public long waitingBytes() {
		return this.outbox.size();
	}

	@Override
	public void close(int code) {
		this.lifecycle.close(code);
	}

	@Override
	public boolean isGone() {
		return this.lifecycle.isClosed();
	}

}
