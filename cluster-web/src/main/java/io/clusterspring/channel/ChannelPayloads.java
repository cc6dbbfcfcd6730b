package io.clusterspring.channel;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PayloadCodec;

/**
 * Converts payloads between the application and the protocol: {@code byte[]} is sent as
 * it is, a client's payload unchanged, any other value as JSON.
 */
public final class ChannelPayloads {

	private ChannelPayloads() {
	}

	/**
	 * Return a payload in the form for a handler.
	 * @param codec decodes it on request
	 */
	public static ChannelPayload received(SocketPayload raw, PayloadCodec codec) {
		return new ChannelPayload(raw, codec);
	}

	/**
	 * Encode a payload for one client.
	 * @param payload the payload of the application
	 */
	public static SocketPayload encode(@Nullable Object payload, PayloadCodec codec) {
		if (payload instanceof ChannelPayload raw) {
			return raw.raw();
		}
		return (payload instanceof byte[] bytes) ? SocketPayload.binary(ByteBuffer.wrap(bytes))
				: SocketPayload.json(ByteBuffer.wrap(codec.encode(payload)));
	}

	/**
	 * Return a broadcast of a payload.
	 * @param payload the payload of the application
	 */
	public static Broadcast broadcast(String event, Object payload) {
		return new Broadcast(event, (payload instanceof ChannelPayload raw && raw.isBinary()) ? raw.bytes() : payload);
	}

}
