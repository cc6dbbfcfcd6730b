package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketFrame;

/**
 * The way from a channel to its client: shut until the reply to the join is out, so that
 * nothing overtakes it, then open, then closed for good. Frames that come too early are
 * held, those that come too late are dropped.
 */
final class JoinGate {

	private final SocketConnection connection;

	private volatile boolean open;

	private @Nullable List<SocketFrame> held = new ArrayList<>();

	JoinGate(SocketConnection connection) {
		this.connection = connection;
	}

	void send(SocketFrame frame) {
		if (this.open) {
			this.connection.send(frame);
		}
		else {
			hold(frame);
		}
	}

	private synchronized void hold(SocketFrame frame) {
		if (this.open) {
			this.connection.send(frame);
		}
		else if (this.held != null) {
			this.held.add(frame);
		}
	}

	synchronized void open() {
		if (this.held != null) {
			this.held.forEach(this.connection::send);
			this.held = null;
			this.open = true;
		}
	}

	synchronized void close() {
		this.held = null;
		this.open = false;
	}

}
