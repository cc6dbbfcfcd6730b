package io.clusterspring.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the sessions that were closed last. Thread-safe. */
final class RecentlyClosed {

	private static final int MOST = 10_000;

	private final Map<String, Boolean> ids = new LinkedHashMap<>();

	synchronized void add(String id) {
		this.ids.put(id, true);
		if (this.ids.size() > MOST) {
			this.ids.remove(this.ids.keySet().iterator().next());
		}
	}

	/** Another session may have the same id, because SockJS clients choose it. */
	synchronized void remove(String id) {
		this.ids.remove(id);
	}

	synchronized boolean contains(String id) {
		return this.ids.containsKey(id);
	}

}
