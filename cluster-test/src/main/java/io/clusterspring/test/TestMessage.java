package io.clusterspring.test;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.text.Utf8;

/**
 * A message that a {@link ChannelTestClient} has received: a push, a broadcast, or the
 * reply to a push.
 */
public final class TestMessage {

	private final @Nullable String joinRef;

	private final @Nullable String ref;

	private final String topic;

	private final String event;

	private final @Nullable String status;

	private final byte[] payload;

	private final boolean binary;

	private final PayloadCodec codec;

	TestMessage(@Nullable String joinRef, @Nullable String ref, String topic, String event, @Nullable String status,
			byte[] payload, boolean binary, PayloadCodec codec) {
		this.joinRef = joinRef;
		this.ref = ref;
		this.topic = topic;
		this.event = event;
		this.status = status;
		this.payload = payload;
		this.binary = binary;
		this.codec = codec;
	}

	/**
	 * Return the event.
	 * @return the event; {@code phx_reply} for replies
	 */
	public String event() {
		return this.event;
	}

	/**
	 * Return the payload, or the response of a reply, decoded with the application's
	 * codec.
	 * @param <T> the type
	 * @param type the type
	 * @return the payload
	 */
	public <T> T payload(Class<T> type) {
		return Objects.requireNonNull(type.cast(decode(type)), "The payload is null");
	}

	/**
	 * Return the payload, or the response of a reply, decoded with the application's
	 * codec.
	 * @param <T> the type
	 * @param type the generic type
	 * @return the payload
	 */
	@SuppressWarnings("unchecked")
	public <T> T payload(ParameterizedTypeReference<T> type) {
		return Objects.requireNonNull((T) decode(type.getType()), "The payload is null");
	}

	private @Nullable Object decode(Type type) {
		return this.codec.decode(ByteBuffer.wrap(Utf8.encode("JSON", json())), type);
	}

	/**
	 * Return the payload, or the response of a reply, as text.
	 * @return the JSON without whitespace
	 */
	public String json() {
		Assert.state(!this.binary, () -> "The payload of " + this + " is binary");
		return Utf8.decode(this.payload);
	}

	/**
	 * Return the payload, or the response of a reply, as bytes.
	 * @return the bytes of a binary payload, or of the JSON text
	 */
	public byte[] bytes() {
		return this.payload.clone();
	}

	boolean isReply(String ref) {
		return this.event.equals("phx_reply") && ref.equals(this.ref);
	}

	boolean isPush(@Nullable String joinRef, String topic, String event) {
		return this.ref == null && this.topic.equals(topic) && this.event.equals(event)
				&& Objects.equals(this.joinRef, joinRef);
	}

	boolean isEnd(String joinRef, String topic, String event) {
		return this.topic.equals(topic) && this.event.equals(event) && joinRef.equals(this.joinRef);
	}

	boolean isEnd(String joinRef, String topic) {
		return isEnd(joinRef, topic, "phx_close") || isEnd(joinRef, topic, "phx_error");
	}

	@Nullable String status() {
		return this.status;
	}

	@Override
	public String toString() {
		String kind = (this.status != null) ? "reply '" + this.status + "'"
				: ((this.joinRef != null) ? "push" : "broadcast") + " of '" + this.event + "'";
		return kind + " on " + this.topic + " " + (this.binary ? this.payload.length + " bytes" : json());
	}

}
