package io.clusterspring.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

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
