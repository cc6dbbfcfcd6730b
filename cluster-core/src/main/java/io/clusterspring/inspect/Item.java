package io.clusterspring.inspect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An item of a page. Its values are texts, {@code Long}s, {@code Boolean}s, lists and
 * maps of these, and {@code null}.
 *
 * @param key where it stands in the order of its section; keys are compared as
 * {@link String#compareTo} does
 * @param fields the values by their names, in the order in which they are shown
 */
public record Item(String key, Map<String, @Nullable Object> fields) {

	public Item {
		fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
	}

}
