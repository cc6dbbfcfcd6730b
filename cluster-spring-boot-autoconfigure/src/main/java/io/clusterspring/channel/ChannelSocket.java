package io.clusterspring.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import io.clusterspring.channel.protocol.MalformedMessageException;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketReply.Status;
import io.clusterspring.mailbox.Mailbox;

/**
 * One connection: routes the client's messages to its channels by topic and join
 * reference, as {@code Phoenix.Socket} does. Runs on the transport's thread and never
 * waits for a channel.
 */
final class ChannelSocket implements SocketSession {

	private static final Log logger = LogFactory.getLog(ChannelSocket.class);

	private static final int GOING_AWAY = 1001;

	private static final int SERVER_ERROR = 1011;

	private final AcceptedSocket accepted;

	private final SocketConnection connection;

	private final SocketReplies replies;

	private final ConcurrentMap<String, JoinedChannel> channels = new ConcurrentHashMap<>(4);

	private volatile boolean closed;

	ChannelSocket(AcceptedSocket accepted, SocketConnection connection) {
		this.accepted = accepted;
		this.connection = connection;
		this.replies = new SocketReplies(connection, accepted.serializer());
	}

	@Override
	public void received(ByteBuffer text) {
		received(text, this.replies.serializer()::decode);
	}

	@Override
	public void receivedBinary(ByteBuffer bytes) {
		received(bytes, this.replies.serializer()::decodeBinary);
	}

	private void received(ByteBuffer bytes, Function<ByteBuffer, SocketMessage> decoder) {
		if (this.closed) {
			return;
		}
		try {
			route(decoder.apply(bytes));
		}
		catch (MalformedMessageException ex) {
			logger.debug("Closing " + this + ": " + ex.getMessage());
			this.connection.close(SERVER_ERROR);
			closed();
		}
	}

	private void route(SocketMessage message) {
		if (is(message.topic(), "phoenix") && is(message.event(), "heartbeat")) {
			this.replies.send(NullNode.instance, message, Status.OK, SocketReplies.EMPTY);
		}
		else if (!message.topic().isString()) {
			this.replies.unmatched(message);
		}
		else if (is(message.event(), "phx_join")) {
			join(message);
		}
		else {
			dispatch(message);
		}
	}

	private void join(SocketMessage message) {
		String topic = message.topic().stringValue();
		ChannelRoutes.Match match = this.accepted.routes().find(topic);
		if (match == null) {
			this.replies.unmatched(message);
			return;
		}
		JoinedChannel present = this.channels.get(topic);
		Mailbox mailbox = (present != null) ? present.mailbox() : server().mailbox();
		JoinedChannel channel = new JoinedChannel(this, match, message, mailbox);
		if (mailbox.isFull()) {
			this.replies.overloaded(message);
			return;
		}
		this.channels.put(topic, channel);
		mailbox.postAlways(() -> channel.join(message, present));
		if (this.closed) {
			channel.socketClosed();
		}
	}

	private void dispatch(SocketMessage message) {
		JoinedChannel channel = this.channels.get(message.topic().stringValue());
		if (channel == null) {
			this.replies.notJoined(message);
		}
		else if (!message.joinRef().isNull() && !message.joinRef().equals(channel.sentJoinRef())) {
			logger.trace("Dropped a message of a former join");
		}
		else if (!channel.mailbox().post(() -> channel.handle(message))) {
			this.replies.overloaded(message);
		}
	}

	@Override
	public void closed() {
		this.closed = true;
		server().sockets().remove(this);
		this.channels.values().forEach(JoinedChannel::socketClosed);
	}

	void disconnect() {
		this.connection.close(GOING_AWAY);
		closed();
	}

	void remove(JoinedChannel channel) {
		this.channels.remove(channel.topic(), channel);
	}

	ChannelServer server() {
		return this.accepted.server();
	}

	AcceptedSocket accepted() {
		return this.accepted;
	}

	SocketConnection connection() {
		return this.connection;
	}

	SocketReplies replies() {
		return this.replies;
	}

	@Override
	public String toString() {
		String id = this.accepted.id();
		return "socket " + ((id != null) ? id + " (" + this.connection.id() + ")" : this.connection.id());
	}

	static boolean is(JsonNode node, String text) {
		return node.isString() && node.stringValue().equals(text);
	}

}
