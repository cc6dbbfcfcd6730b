package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.clusterspring.presence.PresenceMessage.Write;

/**
 * The replicated state of one incarnation of a node: its metas by id, and the clock up to
 * which its writes are known. Every change is applied to the table and reported to the
 * observer. Not thread-safe.
 */
final class PresenceReplica {

	private final PresenceOrigin origin;

	private final PresenceTable table;

	private final PresenceObserver observer;

	private final NavigableMap<Long, PresenceMeta> metas = new TreeMap<>();

	private long clock;

	PresenceReplica(PresenceOrigin origin, PresenceTable table, PresenceObserver observer) {
		this.origin = origin;
		this.table = table;
		this.observer = observer;
	}

	PresenceOrigin origin() {
		return this.origin;
	}

	long clock() {
		return this.clock;
	}

	void clock(long reached) {
		this.clock = reached;
	}

	/**
	 * Apply the new writes of a delta.
	 * @param delta the delta
	 * @return {@code false} if writes before the delta are missing
	 */
	boolean apply(PresenceDelta delta) {
		if (delta.from() > this.clock) {
			return false;
		}
		List<Write> writes = delta.writes();
		for (int i = (int) Math.min(this.clock - delta.from(), writes.size()); i < writes.size(); i++) {
			write(writes.get(i));
		}
		this.clock = Math.max(this.clock, delta.to());
		return true;
	}

	void write(Write write) {
		PresenceMeta meta = write.meta();
		if (meta == null) {
			remove(write.removed());
		}
		else if (!replace(meta)) {
			put(meta);
			remove(meta.previous());
		}
	}

	/**
	 * Replace the previous meta of an update in one step, so that no reader sees both or
	 * none.
	 * @param meta the new meta
	 * @return {@code false} if it is not an update, or the previous meta is unknown
	 */
	private boolean replace(PresenceMeta meta) {
		@Nullable PresenceMeta former = this.metas.get(meta.previous());
		if (former == null || this.metas.containsKey(meta.id()) || !former.isAtSamePlace(meta)) {
			return false;
		}
		this.metas.remove(former.id());
		this.metas.put(meta.id(), meta);
		this.table.replace(former, meta);
		this.observer.joined(meta);
		this.observer.left(former);
		return true;
	}

	/**
	 * Replace the metas in a range of ids.
	 * @param after the id before the range
	 * @param page the metas of the range and its end
	 */
	void replace(long after, PresenceMessage.Page page) {
		Collection<PresenceMeta> range = this.metas.subMap(after, false, page.end(), true).values();
		List<PresenceMeta> gone = new ArrayList<>();
		int next = 0;
		for (PresenceMeta present : range) {
			while (next < page.metas().size() && page.metas().get(next).id() < present.id()) {
				next++;
			}
			if (next == page.metas().size() || page.metas().get(next).id() != present.id()) {
				gone.add(present);
			}
		}
		page.metas().forEach(this::put);
		gone.forEach((meta) -> remove(meta.id()));
	}

	void clear() {
		List.copyOf(this.metas.keySet()).forEach(this::remove);
	}

	/**
	 * Return the metas after an id.
	 * @param id the id
	 * @return the metas with greater ids, in order
	 */
	Collection<PresenceMeta> after(long id) {
		return this.metas.tailMap(id, false).values();
	}

	private void put(PresenceMeta meta) {
		if (this.metas.putIfAbsent(meta.id(), meta) == null) {
			this.table.add(meta);
			this.observer.joined(meta);
		}
	}

	private void remove(long id) {
		@Nullable PresenceMeta removed = this.metas.remove(id);
		if (removed != null) {
			this.table.remove(removed);
			this.observer.left(removed);
		}
	}

}
