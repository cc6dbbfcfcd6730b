package io.clusterspring.inspect;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A question for one page of a section.
 *
 * @param section the name of the section
 * @param after the last key of the page before, empty for the first page
 * @param limit how many items at most, from 1 to {@link #LARGEST}
 * @param filters which items, by the names of the filters that the section has
 */
public record Question(String section, String after, int limit, Map<String, String> filters) {

	/** The largest page. */
	public static final int LARGEST = 1000;

	/** The most filters of a question. */
	static final int MOST_FILTERS = 16;

	public Question {
		Assert.isTrue(limit >= 1 && limit <= LARGEST, "limit must be from 1 to " + LARGEST);
		Assert.isTrue(filters.size() <= MOST_FILTERS, "A question has too many filters");
		filters = new TreeMap<>(filters);
	}

	/**
	 * Return what a filter asks for.
	 * @param name the name of the filter
	 * @return the value, or {@code null} if it is not used
	 */
	public @Nullable String filter(String name) {
		return this.filters.get(name);
	}

}
