package io.clusterspring.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BiFunction;

import io.clusterspring.text.Utf8;

/**
 * Keeps the smallest keys after a key, of any number of keys, and one more to know
 * whether others follow. It holds no more than a page. Not thread-safe.
 *
 * @param <T> what a key stands for; an item is made of it only if it is on the page
 */
public final class Smallest<T> {

	/**
	 * The longest key in bytes; items with longer ones are left out. The key of a page
	 * has to fit into the line of a request, in Base64.
	 */
	public static final int LONGEST_KEY = 4096;

	private final String after;

	private final int limit;

	// the largest key first
	private final PriorityQueue<Kept<T>> kept = new PriorityQueue<>(
			Comparator.comparing((Kept<T> entry) -> entry.key).reversed());

	/**
	 * Begin a page.
	 * @param question says after which key, and how many
	 */
	public Smallest(Question question) {
		this.after = question.after();
		this.limit = question.limit();
	}

	/**
	 * Take a key if it is among the smallest.
	 * @param key the key, which is offered once
	 * @param value what it stands for
	 */
	public void offer(String key, T value) {
		if (key.compareTo(this.after) <= 0 || Utf8.length(key) > LONGEST_KEY) {
			return;
		}
		if (this.kept.size() > this.limit) {
			if (key.compareTo(this.kept.element().key) >= 0) {
				return;
			}
			this.kept.remove();
		}
		this.kept.add(new Kept<>(key, value));
	}

	/**
	 * Return the page.
	 * @param describe makes an item of what was kept
	 * @return the items in order
	 */
	public Page page(BiFunction<String, T, Item> describe) {
		List<Kept<T>> ordered = new ArrayList<>(this.kept);
		ordered.sort(Comparator.comparing((entry) -> entry.key));
		return new Page(
				ordered.stream().limit(this.limit).map((entry) -> describe.apply(entry.key, entry.value)).toList(),
				ordered.size() > this.limit);
	}

	private record Kept<T>(String key, T value) {
	}

}
