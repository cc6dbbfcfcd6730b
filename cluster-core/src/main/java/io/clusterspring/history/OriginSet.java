package io.clusterspring.history;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The origins that came last into a set, up to a bound. Thread-safe.
 */
final class OriginSet {

	/** How many origins a set holds. */
	static final int MOST = 10_000;

	private final Set<Long> origins = Collections.newSetFromMap(new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
			return size() > MOST;
		}

	});

	synchronized void add(long origin) {
		this.origins.add(origin);
	}

	synchronized void addAll(Collection<Long> more) {
		this.origins.addAll(more);
	}

	synchronized boolean contains(long origin) {
		return this.origins.contains(origin);
	}

	synchronized List<Long> list() {
		return List.copyOf(this.origins);
	}

}
