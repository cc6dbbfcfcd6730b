package io.clusterspring.pubsub;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.text.LogText;

/**
 * A message as a subscriber receives it. The payload is decoded when it is read.
 * Thread-safe.
 */
public final class TopicMessage {

	private final Node node;

	private final TopicFrame frame;

	private final PayloadCodec codec;

	private final @Nullable Object sender;

	private final @Nullable MessagePosition position;

	TopicMessage(Node node, TopicFrame frame, PayloadCodec codec, @Nullable Object sender) {
		this(node, frame, codec, sender, null);
	}

	TopicMessage(Node node, TopicFrame frame, PayloadCodec codec, @Nullable Object sender,
			@Nullable MessagePosition position) {
		this.node = node;
		this.frame = frame;
		this.codec = codec;
		this.sender = sender;
		this.position = position;
	}

	/**
	 * Return the node that has broadcast it.
	 * @return the node
	 */
	public Node node() {
		return this.node;
	}

	/**
	 * Return the topic.
	 * @return the topic it was broadcast on
	 */
	public String topic() {
		return this.frame.topic();
	}

	/**
	 * Return the event, if this is a {@link Broadcast}.
	 * @return the event or {@code null} for a plain payload
	 */
	public @Nullable String event() {
		return this.frame.event();
	}

	/**
	 * Return whether the payload is a {@code byte[]}.
	 * @return {@code false} if it is text or JSON
	 */
	public boolean isBinary() {
		return this.frame.kind() == PayloadKind.BYTES;
	}

	/**
	 * Return the headers that a {@link MessageObserver} attached on the sending node.
	 * @return an immutable map, often empty
	 */
	public Map<String, String> headers() {
		return this.frame.headers();
	}

	/**
	 * Return the position among the messages of the topic, if the topic has a history.
	 * @return the position, or {@code null} if the message is not kept
	 */
	public @Nullable MessagePosition position() {
		return this.position;
	}

	/**
	 * Return the encoded payload: JSON in UTF-8, or the bytes of a {@code byte[]} or
	 * {@code String}.
	 * @return a read-only view of the encoded payload
	 */
	public ByteBuffer bytes() {
		return this.frame.payload().asReadOnlyBuffer();
	}

	int size() {
		return this.frame.payload().remaining();
	}

	/**
	 * Read the payload.
	 * @param <T> the payload type
	 * @param type the type to read it as
	 * @return the payload, {@code null} for JSON's {@code null}
	 * @throws IllegalArgumentException if it cannot be read as that type
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T payload(Class<T> type) {
		return (T) payload((Type) type);
	}

	/**
	 * Read the payload as a generic type.
	 * @param type the type to read it as
	 * @return the payload, {@code null} for JSON's {@code null}
	 * @throws IllegalArgumentException if it cannot be read as that type
	 */
	public @Nullable Object payload(Type type) {
		return this.frame.kind().decode(this.frame.payload(), type, this.codec);
	}

	/**
	 * Return whether the message was broadcast on this node from the given subscription,
	 * see {@link PubSub#broadcastFrom}.
	 * @param subscription the subscription
	 * @return {@code true} if it is the sender
	 */
	public boolean isFrom(Subscription subscription) {
		return this.sender == subscription;
	}

	@Override
	public String toString() {
		String event = event();
		return "TopicMessage[" + LogText.of(topic()) + ((event != null) ? " " + LogText.of(event) : "") + " from "
				+ this.node + "]";
	}

}
