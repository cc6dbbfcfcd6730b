package io.clusterspring.presence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.util.Assert;

/**
 * The owners on this node and their tracked metas. Not thread-safe.
 */
final class PresenceOwners {

	private final Map<Object, Owner> owners = new HashMap<>();

	Owner enter(Object owner) {
		return this.owners.computeIfAbsent(owner, (key) -> new Owner());
	}

	/**
	 * Remove an owner without metas, unless it is a channel that will call {@link #end}.
	 */
	void leave(Object owner) {
		Owner present = this.owners.get(owner);
		if (present != null && present.metas.isEmpty() && !present.hooked) {
			this.owners.remove(owner);
		}
	}

	int size() {
		return this.owners.size();
	}

	List<PresenceMeta> end(Object owner) {
		Owner ended = this.owners.remove(owner);
		return (ended != null) ? ended.removeAll() : List.of();
	}

	/** The metas of an owner. */
	static final class Owner {

		private final Map<Place, PresenceMeta> metas = new HashMap<>(2);

		private boolean hooked;

		private boolean shown;

		/**
		 * Record that {@link PresenceOwners#end} will be called for the owner.
		 * @return {@code true} for the first call
		 */
		boolean hook() {
			boolean first = !this.hooked;
			this.hooked = true;
			return first;
		}

		/**
		 * Record that the owner gets the state.
		 * @return {@code true} for the first call
		 */
		boolean show() {
			boolean first = !this.shown;
			this.shown = true;
			return first;
		}

		void requireNone(String topic, String key) {
			Assert.state(!this.metas.containsKey(new Place(topic, key)),
					() -> "'" + key + "' is already tracked on '" + topic + "' for this owner");
		}

		PresenceMeta require(String topic, String key) {
			PresenceMeta meta = this.metas.get(new Place(topic, key));
			Assert.state(meta != null, () -> "'" + key + "' is not tracked on '" + topic + "' for this owner");
			return meta;
		}

		PresenceMeta put(PresenceMeta meta) {
			this.metas.put(new Place(meta.topic(), meta.key()), meta);
			return meta;
		}

		List<PresenceMeta> remove(String topic, String key) {
			PresenceMeta meta = this.metas.remove(new Place(topic, key));
			return (meta != null) ? List.of(meta) : List.of();
		}

		List<PresenceMeta> removeAll() {
			List<PresenceMeta> all = List.copyOf(this.metas.values());
			this.metas.clear();
			return all;
		}

	}

	/** The topic and key of a meta. */
	private record Place(String topic, String key) {
	}

}
