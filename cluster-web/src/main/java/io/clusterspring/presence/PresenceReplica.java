package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.clusterspring.presence.PresenceMessage.Write;
import io.clusterspring.replication.Replica;

/**
 * The metas of one incarnation of a node, by id. Every change is applied to the table and
 * reported to the observer. Not thread-safe.
 */
final class PresenceReplica implements Replica<Write, PresenceMeta> {

	private final PresenceTable table;

	private final PresenceTable.Observer observer;

	private final NavigableMap<Long, PresenceMeta> metas = new TreeMap<>();

	PresenceReplica(PresenceTable table, PresenceTable.Observer observer) {
		this.table = table;
		this.observer = observer;
	}

	@Override
	public void apply(Write write) {
		PresenceMeta meta = write.meta();
		if (meta == null) {
			remove(write.removed());
		}
		else if (!update(meta)) {
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
	private boolean update(PresenceMeta meta) {
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

	@Override
	public void replace(long after, long end, List<PresenceMeta> entries) {
		Set<Long> kept = entries.stream().map(PresenceMeta::id).collect(Collectors.toSet());
		List<Long> gone = new ArrayList<>(this.metas.subMap(after, false, end, true).keySet());
		gone.removeAll(kept);
		entries.forEach(this::put);
		gone.forEach(this::remove);
	}

	NavigableMap<Long, PresenceMeta> after(long id) {
		return this.metas.tailMap(id, false);
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
