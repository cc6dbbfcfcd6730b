package io.clusterspring.inspect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * A page of one node.
 *
 * @param items the items, in the order of their keys
 * @param more whether items follow
 */
public record Page(List<Item> items, boolean more) {

	/** A page without items. */
	public static final Page EMPTY = new Page(List.of(), false);

	public Page {
		items = List.copyOf(items);
	}

	/**
	 * Return the page of a section that has one item for each node.
	 * @param question the question
	 * @param self this node
	 * @param fields the values
	 * @return the page, empty if the node is not after the key
	 */
	public static Page ofNode(Question question, Node self, Map<String, @Nullable Object> fields) {
		String key = self.toString();
		return (key.compareTo(question.after()) > 0) ? new Page(List.of(new Item(key, fields)), false) : EMPTY;
	}

	/**
	 * Return the page of a node whose section has several parts.
	 * @param question the question
	 * @param parts the page of each part
	 * @param both makes one item of two with the same key
	 * @return the page
	 */
	public static Page of(Question question, Collection<Page> parts, BinaryOperator<Item> both) {
		Merge.Merged merged = Merge.pages(parts, question.limit(), both);
		return new Page(merged.items(), merged.next() != null);
	}

	/** Return whether all items are behind a key. */
	boolean isAfter(String key) {
		return this.items.isEmpty() || this.items.get(0).key().compareTo(key) > 0;
	}

	/**
	 * Return the beginning of this page that fits into a frame. It has at least one item.
	 * @param most the number of bytes
	 * @return this page, or a shorter one with more to follow
	 */
	Page within(long most) {
		long size = 0;
		List<Item> fitting = new ArrayList<>();
		for (Item item : this.items) {
			size += ItemCodec.size(item);
			if (size > most && !fitting.isEmpty()) {
				return new Page(fitting, true);
			}
			fitting.add((size > most) ? ItemCodec.withoutFields(item) : item);
		}
		return this;
	}

}
