package io.clusterspring.channel.fanout;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketBroadcast;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.text.Utf8;

/**
 * The event {@value HistoryRequest#KEY} that tells a client where it is in the history of
 * a topic.
 */
public final class HistoryEvent {

	/** The reason of a gap that a node has found while the client was connected. */
	static final String GAP = "gap";

	private HistoryEvent() {
	}

	/**
	 * Return the position of one message, for all members.
	 * @param position the position
	 */
	public static SocketFrame position(SocketSerializer serializer, String topic, String position) {
		return serializer.encode(new SocketBroadcast(topic, HistoryRequest.KEY, of(position)));
	}

	/** Return the payload with the position of one message. */
	static SocketPayload of(String position) {
		return json("{\"position\":\"" + position + "\"}");
	}

	/** Return the payload for a client that has joined for the first time. */
	static SocketPayload first(HistoryPosition position) {
		return of(null, position, null);
	}

	/** Return the payload for a client that has missed nothing. */
	static SocketPayload recovered(HistoryPosition position) {
		return of(true, position, null);
	}

	/**
	 * Return the payload for a client that may have missed something.
	 * @param position the position from which it goes on
	 */
	static SocketPayload lost(HistoryPosition position, String reason) {
		return of(false, position, reason);
	}

	private static SocketPayload of(@Nullable Boolean recovered, HistoryPosition position, @Nullable String reason) {
		return json("{\"recovered\":" + recovered + ",\"position\":\"" + position + "\""
				+ ((reason != null) ? ",\"reason\":\"" + reason + "\"" : "") + "}");
	}

	private static SocketPayload json(String text) {
		return SocketPayload.json(ByteBuffer.wrap(Utf8.encode("JSON", text)));
	}

}
