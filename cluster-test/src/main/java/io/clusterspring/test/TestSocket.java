package io.clusterspring.test;

import java.nio.ByteBuffer;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.pubsub.PayloadCodec;

/**
 * An in-memory connection of a test client.
 */
final class TestSocket implements SocketConnection {

	private static final int ABNORMAL_CLOSURE = 1006;

	private final String id = UUID.randomUUID().toString();

	private final TestFrames frames;

	private final Inbox inbox = new Inbox();

	private final SocketSession session;

	private int lastRef;

	TestSocket(AcceptedSocket accepted, PayloadCodec codec) {
		this.frames = new TestFrames(codec);
		this.session = accepted.open(this);
	}

	Inbox inbox() {
		return this.inbox;
	}

	TestPush push(@Nullable String joinRef, String topic, String event, Object payload) {
		String ref = String.valueOf(++this.lastRef);
		String join = (joinRef != null) ? joinRef : ref;
		if (payload instanceof byte[] bytes) {
			this.session.receivedBinary(this.frames.binary(join, ref, topic, event, bytes));
		}
		else {
			this.session.received(this.frames.text(join, ref, topic, event, payload));
		}
		return new TestPush(this.inbox, "'" + event + "' on " + topic, ref, (message) -> message.isEnd(join, topic));
	}

	void leave() {
		this.inbox.closed(ABNORMAL_CLOSURE);
		this.session.closed();
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public void send(SocketFrame frame) {
		for (SocketFrame.Message message : frame.messages()) {
			ByteBuffer bytes = message.bytes();
			this.inbox.add(message.isBinary() ? this.frames.readBinary(bytes) : this.frames.read(message.text()));
		}
	}

	@Override
	public void close(int code) {
		this.inbox.closed(code);
	}

}
