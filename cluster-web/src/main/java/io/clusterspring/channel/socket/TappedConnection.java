package io.clusterspring.channel.socket;

import io.clusterspring.channel.SocketAuthorizers.Identity;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.tap.TappedClient;
import io.clusterspring.channel.tap.Taps;

/**
 * A client's connection whose messages taps can follow.
 */
final class TappedConnection implements SocketConnection {

	private final AcceptedSocket accepted;

	private final SocketConnection connection;

	private final Taps taps;

	TappedConnection(AcceptedSocket accepted, SocketConnection connection) {
		this.accepted = accepted;
		this.connection = connection;
		this.taps = accepted.context().hub().taps();
	}

	/** The client has sent a message. */
	void received(SocketMessage message) {
		if (this.taps.areOpen()) {
			this.taps.received(client(), message);
		}
	}

	@Override
	public void send(SocketFrame frame) {
		if (this.taps.areOpen()) {
			this.taps.sent(client(), frame, this.accepted.serializer());
		}
		this.connection.send(frame);
	}

	private TappedClient client() {
		Identity identity = this.accepted.grant().identity();
		return new TappedClient(id(), identity.id(), identity.name());
	}

	@Override
	public String id() {
		return this.connection.id();
	}

	@Override
	public boolean hasBinary() {
		return this.connection.hasBinary();
	}

	@Override
	public long waitingBytes() {
		return this.connection.waitingBytes();
	}

	@Override
	public long heardAt() {
		return this.connection.heardAt();
	}

	@Override
	public long room() {
		return this.connection.room();
	}

	@Override
	public void close(int code) {
		this.connection.close(code);
	}

	@Override
	public void close(int code, String reason) {
		this.connection.close(code, reason);
	}

	@Override
	public boolean isGone() {
		return this.connection.isGone();
	}

}
