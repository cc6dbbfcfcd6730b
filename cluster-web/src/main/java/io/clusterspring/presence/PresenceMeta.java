package io.clusterspring.presence;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * One tracked entry of a key: the tracked JSON object, the node, and a reference that
 * changes with every update. Immutable.
 */
public final class PresenceMeta implements Comparable<PresenceMeta> {

	private final PresenceOrigin origin;

	private final long id;

	private final long previous;

	private final String topic;

	private final String key;

	private final byte[] json;

	PresenceMeta(PresenceOrigin origin, long id, long previous, String topic, String key, byte[] json) {
		this.origin = origin;
		this.id = id;
		this.previous = previous;
		this.topic = topic;
		this.key = key;
		this.json = json;
	}

	/**
	 * Return the node that tracks it.
	 * @return the node
	 */
	public Node node() {
		return this.origin.node();
	}

	/**
	 * Return the reference, which clients see as {@code phx_ref}.
	 * @return a text that is unique on all nodes
	 */
	public String ref() {
		return this.origin.ref(this.id);
	}

	/**
	 * Return the reference before the last update, which clients see as
	 * {@code phx_ref_prev}.
	 * @return the reference, or {@code null} if it was not updated
	 */
	public @Nullable String previousRef() {
		return (this.previous != 0) ? this.origin.ref(this.previous) : null;
	}

	/**
	 * Read the tracked object.
	 * @param <T> the type
	 * @param type the type to read it as
	 * @return the object
	 * @throws IllegalArgumentException if it cannot be read as that type
	 */
	@SuppressWarnings({ "unchecked", "NullAway" })
	public <T> T as(Class<T> type) {
		return (T) as((Type) type);
	}

	/**
	 * Read the tracked object as a generic type.
	 * @param type the type to read it as
	 * @return the object
	 * @throws IllegalArgumentException if it cannot be read as that type
	 */
	public @Nullable Object as(Type type) {
		return this.origin.codec().decode(ByteBuffer.wrap(this.json), type);
	}

	PresenceOrigin origin() {
		return this.origin;
	}

	long id() {
		return this.id;
	}

	long previous() {
		return this.previous;
	}

	String topic() {
		return this.topic;
	}

	String key() {
		return this.key;
	}

	byte[] json() {
		return this.json;
	}

	long size() {
		return 2L * Long.BYTES + this.topic.length() + this.key.length() + this.json.length;
	}

	boolean isAtSamePlace(PresenceMeta other) {
		return this.topic.equals(other.topic) && this.key.equals(other.key);
	}

	boolean isSameAs(PresenceMeta other) {
		return this.id == other.id && this.origin.incarnation() == other.origin.incarnation()
				&& this.origin.node().equals(other.origin.node());
	}

	/**
	 * Compare by node and age, so that all nodes list the metas of a key in the same
	 * order.
	 */
	@Override
	public int compareTo(PresenceMeta other) {
		int nodes = this.origin.node().compareTo(other.origin.node());
		int starts = (nodes != 0) ? nodes : Long.compare(this.origin.incarnation(), other.origin.incarnation());
		return (starts != 0) ? starts : Long.compare(this.id, other.id);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PresenceMeta meta && isSameAs(meta);
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.origin.incarnation() + this.id);
	}

	/** Return the JSON object for clients, with its references. */
	@Override
	public String toString() {
		return new PresenceJson(this.json.length + 64).meta(this).toString();
	}

}
