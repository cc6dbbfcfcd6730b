package io.clusterspring.inspect;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Puts the pages of several nodes together. The rest behind the end of a page that has
 * more to follow is not known completely, so the whole page ends where the shortest of
 * these ends.
 */
final class Merge {

	private Merge() {
	}

	/**
	 * Merge the pages of nodes.
	 * @param both makes one item of two with the same key
	 */
	static Merged pages(Collection<Page> pages, int limit, BinaryOperator<Item> both) {
		String horizon = horizon(pages);
		TreeMap<String, Item> merged = new TreeMap<>();
		boolean beyond = horizon != null;
		for (Page page : pages) {
			for (Item item : page.items()) {
				if (horizon == null || item.key().compareTo(horizon) <= 0) {
					merged.merge(item.key(), item, both);
				}
			}
		}
		List<Item> items = merged.values().stream().limit(limit).toList();
		boolean more = beyond || merged.size() > limit;
		return new Merged(items, (more && !items.isEmpty()) ? items.get(items.size() - 1).key() : null);
	}

	private static @Nullable String horizon(Collection<Page> pages) {
		String horizon = null;
		for (Page page : pages) {
			if (page.more() && !page.items().isEmpty()) {
				String last = page.items().get(page.items().size() - 1).key();
				horizon = (horizon == null || last.compareTo(horizon) < 0) ? last : horizon;
			}
		}
		return horizon;
	}

	/**
	 * A page of all nodes.
	 *
	 * @param next the last key, {@code null} if nothing follows
	 */
	record Merged(List<Item> items, @Nullable String next) {
	}

}
