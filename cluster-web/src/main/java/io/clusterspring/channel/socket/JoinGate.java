package io.clusterspring.channel.socket;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketFrame;

/**
 * Sends the pushes of a channel to its client, from the reply to the join until the
 * channel ends. Frames that come before that reply are held until it was sent; frames
 * that come after the end are dropped. Thread-safe.
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
