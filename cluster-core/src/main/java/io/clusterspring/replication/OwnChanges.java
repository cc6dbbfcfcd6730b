package io.clusterspring.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.clusterspring.replication.Replicas.Changes;

/**
 * The changes of what this node owns, until they are sent to the other nodes. If too many
 * wait, all of them are dropped: the other nodes notice the missing numbers and request
 * the state. Not thread-safe.
 */
public final class OwnChanges<C> {

	private final long incarnation;

	private final Numbered numbered;

	private final int capacity;

	private final PartSize<C> size;

	private final Queue<C> waiting = new ArrayDeque<>();

	private long sent;

	private long dropped;

	private boolean lost;

	/**
	 * Create the changes of a node.
	 * @param incarnation a random number, new for every start of the node
	 * @param numbered what has a number of its own
	 * @param capacity the maximum number of waiting changes
	 * @param size limits the changes that are sent in one message
	 */
	public OwnChanges(long incarnation, Numbered numbered, int capacity, PartSize<C> size) {
		this.incarnation = incarnation;
		this.numbered = numbered;
		this.capacity = capacity;
		this.size = size;
	}

	/** Return the number of the last change that was sent, 0 before the first change. */
	public long sent() {
		return this.sent;
	}

	/** Return the number of the last change, sent or not, 0 before the first change. */
	public long last() {
		return this.sent + numbers(this.waiting.size());
	}

	private long numbers(int changes) {
		return (this.numbered == Numbered.MESSAGE) ? Math.min(changes, 1) : changes;
	}

	public void add(C change) {
		this.waiting.add(change);
		if (this.waiting.size() > this.capacity) {
			this.dropped += this.waiting.size();
			this.lost = true;
			discard();
		}
	}

	/** Discard the waiting changes, because nobody needs them. */
	public void discard() {
		this.sent = last();
		this.waiting.clear();
	}

	/**
	 * Remove the changes of the next message.
	 * @return the changes, or {@code null} if none wait
	 */
	public @Nullable Changes<C> take() {
		if (this.waiting.isEmpty()) {
			return null;
		}
		List<C> taken = this.size.first(this.waiting);
		taken.forEach((change) -> this.waiting.remove());
		long before = this.sent;
		this.sent += numbers(taken.size());
		return new Changes<>(this.incarnation, before, this.sent, taken);
	}

	/**
	 * Return and reset whether changes were dropped. The other nodes learn it from the
	 * number of the last change.
	 * @return {@code true} if any were dropped since the last call
	 */
	public boolean takeLoss() {
		boolean taken = this.lost;
		this.lost = false;
		return taken;
	}

	/** Return how many changes were dropped, because too many were waiting. */
	public long dropped() {
		return this.dropped;
	}

	/** The things that have a number of their own. */
	public enum Numbered {

		/** Each change. A message that is received in part can be continued. */
		CHANGE,

		/** Each message, however many changes it contains. */
		MESSAGE

	}

	/**
	 * How much of a longer list is sent in one message.
	 *
	 * @param measure returns the approximate size of an element in bytes
	 * @param bytes the maximum size of all elements of a message; a single element may be
	 * larger
	 * @param count the maximum number of elements of a message
	 */
	public record PartSize<E>(ToLongFunction<? super E> measure, long bytes, int count) {

		/**
		 * Return the elements for the next message.
		 * @param elements all elements that are left
		 * @return the first of them; not empty, unless there are none
		 */
		public List<E> first(Iterable<? extends E> elements) {
			List<E> fit = new ArrayList<>();
			long size = 0;
			for (E element : elements) {
				size += this.measure.applyAsLong(element);
				if (!fit.isEmpty() && (size > this.bytes || fit.size() == this.count)) {
					break;
				}
				fit.add(element);
			}
			return fit;
		}

	}

}
