package io.clusterspring.history;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * A message that a node keeps. Immutable.
 */
public final class KeptMessage implements LogItem {

	/** The memory of a message beside its bytes, rounded up. */
	static final int OVERHEAD = 80;

	/** The memory of a weak reference. */
	private static final int REFERENCE = 32;

	private final Origin origin;

	private final long number;

	/** By the monotonic clock of this node, in nanoseconds. */
	private final long published;

	private final byte[] bytes;

	private final int offset;

	private final @Nullable WeakReference<Object> sender;

	KeptMessage(Origin origin, long number, long published, byte[] bytes, int offset, @Nullable Object sender) {
		this.origin = origin;
		this.number = number;
		this.published = published;
		this.bytes = bytes;
		this.offset = offset;
		this.sender = (sender != null) ? new WeakReference<>(sender) : null;
	}

	/** Keep a copy of bytes that came from another node. */
	static KeptMessage copy(Origin origin, long number, long published, ByteBuffer body) {
		byte[] bytes = new byte[body.remaining()];
		body.get(body.position(), bytes);
		return new KeptMessage(origin, number, published, bytes, 0, null);
	}

	long origin() {
		return this.origin.id();
	}

	Origin publisher() {
		return this.origin;
	}

	/**
	 * Return the node that has published it.
	 * @return the node, which may have gone
	 */
	public Node node() {
		return this.origin.node();
	}

	long number() {
		return this.number;
	}

	/**
	 * Return its position, the same on all nodes.
	 * @return the position
	 */
	public MessagePosition position() {
		return new MessagePosition(this.origin.id(), this.number);
	}

	long published() {
		return this.published;
	}

	/**
	 * Return what was published, as it was encoded: the body of a frame of topics.
	 * @return a view of the bytes
	 */
	public ByteBuffer body() {
		return ByteBuffer.wrap(this.bytes, this.offset, this.bytes.length - this.offset).slice();
	}

	/**
	 * Return the subscription that must not receive it.
	 * @return the subscription, {@code null} if there is none on this node
	 */
	public @Nullable Object sender() {
		return (this.sender != null) ? this.sender.get() : null;
	}

	int size() {
		return this.bytes.length + OVERHEAD + ((this.sender != null) ? REFERENCE : 0);
	}

	@Override
	public String toString() {
		return position().toString();
	}

}
