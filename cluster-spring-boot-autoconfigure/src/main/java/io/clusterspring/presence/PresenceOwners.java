package io.clusterspring.presence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.util.Assert;

/**
 * Who on this node has tracked what. One call at a time.
 */
final class PresenceOwners {

	private final Map<Object, Owner> owners = new HashMap<>();

	/**
	 * Return the record of an owner.
	 * @param owner the owner
	 * @return its record, a new one if there is none
	 */
	Owner enter(Object owner) {
		return this.owners.computeIfAbsent(owner, (key) -> new Owner());
	}

	/**
	 * Forget an owner that has nothing left, unless its end will be told.
	 * @param owner the owner
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

	/**
	 * Forget an owner for good.
	 * @param owner the owner
	 * @return what it had tracked
	 */
	List<PresenceMeta> end(Object owner) {
		Owner ended = this.owners.remove(owner);
		return (ended != null) ? ended.removeAll() : List.of();
	}

	/**
	 * What an owner has tracked.
	 */
	static final class Owner {

		private final Map<Place, PresenceMeta> metas = new HashMap<>(2);

		private boolean hooked;

		private boolean shown;

		/**
		 * Take note that the end of the owner will be told.
		 * @return {@code true} the first time
		 */
		boolean hook() {
			boolean first = !this.hooked;
			this.hooked = true;
			return first;
		}

		/**
		 * Take note that the owner gets the state.
		 * @return {@code true} the first time
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

	/**
	 * Where something is tracked.
	 */
	private record Place(String topic, String key) {
	}

}
