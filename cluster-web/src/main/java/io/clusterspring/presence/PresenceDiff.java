package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of a topic since the last diff. Clients apply all joins of a diff before
 * its leaves, so a diff must not contain the join of a meta that has left in the same
 * diff before. Not thread-safe.
 */
final class PresenceDiff {

	private final Map<String, List<PresenceMeta>> joins = new LinkedHashMap<>();

	private final Map<String, List<PresenceMeta>> leaves = new LinkedHashMap<>();

	private int size;

	boolean canAddJoin(PresenceMeta meta) {
		return !this.leaves.getOrDefault(meta.key(), List.of()).contains(meta);
	}

	void join(PresenceMeta meta) {
		add(this.joins, meta);
	}

	void leave(PresenceMeta meta) {
		add(this.leaves, meta);
	}

	private void add(Map<String, List<PresenceMeta>> metas, PresenceMeta meta) {
		metas.computeIfAbsent(meta.key(), (key) -> new ArrayList<>(1)).add(meta);
		this.size++;
	}

	/**
	 * Remove metas that have joined and left within this diff.
	 */
	void shrink() {
		this.leaves.forEach((key, gone) -> {
			List<PresenceMeta> come = this.joins.getOrDefault(key, new ArrayList<>());
			List<PresenceMeta> both = gone.stream().filter(come::contains).toList();
			come.removeAll(both);
			gone.removeAll(both);
			this.size -= 2 * both.size();
		});
		this.joins.values().removeIf(List::isEmpty);
		this.leaves.values().removeIf(List::isEmpty);
	}

	Map<String, List<PresenceMeta>> joins() {
		return this.joins;
	}

	Map<String, List<PresenceMeta>> leaves() {
		return this.leaves;
	}

	int size() {
		return this.size;
	}

}
