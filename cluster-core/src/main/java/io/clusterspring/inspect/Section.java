package io.clusterspring.inspect;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A list of a feature that operators can ask for. Thread-safe.
 */
public interface Section {

	/**
	 * Return the name.
	 * @return the last part of the path of the endpoint
	 */
	String name();

	/**
	 * Return what a question may choose items by.
	 * @return the names of the filters
	 */
	default Set<String> filters() {
		return Set.of();
	}

	/**
	 * Check the filters of a question before other nodes are asked.
	 * @param question the question
	 * @throws IllegalArgumentException if a value cannot be meant
	 */
	default void check(Question question) {
	}

	/**
	 * Return whether the node that is asked knows of all others, so that these are not
	 * asked.
	 * @return {@code true} if one node answers
	 */
	default boolean isLocal() {
		return false;
	}

	/**
	 * Answer for this node. The caller is an internal thread, or one of the web server;
	 * the call must not wait, and must not run code of the application.
	 * @param question the question, which may come from another node
	 * @return completes with the page
	 */
	CompletionStage<Page> answer(Question question);

	/**
	 * Make one item of those of two nodes.
	 * @param first an item
	 * @param second an item of another node with the same key
	 * @return an item with this key
	 */
	default Item merge(Item first, Item second) {
		return first;
	}

	/**
	 * Complete an item on the node that has asked.
	 * @param item an item of any node
	 * @return the item to show
	 */
	default Item shown(Item item) {
		return item;
	}

}
