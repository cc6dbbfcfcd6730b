package io.clusterspring.channel.socket;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of one channel. It starts with those of the socket. When these change by
 * a refresh, an attribute that the channel has not changed itself follows. Thread-safe.
 */
final class ChannelAttributes {

	private final Supplier<Map<String, Object>> socket;

	private volatile @Nullable Map<String, Object> own;

	private Map<String, Object> inherited = Map.of();

	private boolean due;

	/**
	 * Create attributes, which take no memory until they are used.
	 * @param socket returns the present attributes of the socket
	 */
	ChannelAttributes(Supplier<Map<String, Object>> socket) {
		this.socket = socket;
	}

	Map<String, Object> get() {
		Map<String, Object> present = this.own;
		return (present != null) ? present : create();
	}

	private synchronized Map<String, Object> create() {
		Map<String, Object> present = this.own;
		if (present == null) {
			this.inherited = this.socket.get();
			present = new ConcurrentHashMap<>(this.inherited);
			this.own = present;
		}
		return present;
	}

	/**
	 * Ask for a renewal.
	 * @return {@code false} if one that was asked for has not begun yet
	 */
	synchronized boolean ask() {
		boolean first = !this.due;
		this.due = true;
		return first;
	}

	/**
	 * Take over what has changed at the socket.
	 */
	synchronized void renew() {
		this.due = false;
		Map<String, Object> present = this.own;
		if (present == null) {
			return;
		}
		Map<String, Object> former = this.inherited;
		this.inherited = this.socket.get();
		Set<String> names = new HashSet<>(former.keySet());
		names.addAll(this.inherited.keySet());
		for (String name : names) {
			if (Objects.equals(present.get(name), former.get(name))) {
				change(present, name, this.inherited.get(name));
			}
		}
	}

	private static void change(Map<String, Object> attributes, String name, @Nullable Object value) {
		if (value != null) {
			attributes.put(name, value);
		}
		else {
			attributes.remove(name);
		}
	}

}
