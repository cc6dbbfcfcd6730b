package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The unpublished diffs of a topic, usually one. Not thread-safe.
 *
 * <p>
 * If a diff has too many changes, metas that have joined and left within it are removed.
 * This is not allowed if a state was read in between: its clients may have seen the join,
 * so they need the leave. Therefore changes during the reading of a state have their own
 * diffs.
 */
final class TopicDiffs {

	private final int capacity;

	private List<Diff> diffs = new ArrayList<>(1);

	/** The diff that gets the next change, {@code null} if that needs a new one. */
	private @Nullable Diff open;

	private boolean reading;

	private long merged;

	TopicDiffs(int capacity) {
		this.capacity = capacity;
	}

	void join(PresenceMeta meta) {
		Diff diff = open();
		if (!diff.canAddJoin(meta)) {
			this.open = null;
			diff = open();
		}
		diff.add(diff.joins, meta);
		restrict(diff);
	}

	void leave(PresenceMeta meta) {
		Diff diff = open();
		diff.add(diff.leaves, meta);
		restrict(diff);
	}

	private Diff open() {
		Diff diff = this.open;
		if (diff == null) {
			diff = new Diff(this.capacity);
			this.open = diff;
			this.diffs.add(diff);
		}
		return diff;
	}

	private void restrict(Diff diff) {
		if (!this.reading && diff.size > diff.bound) {
			this.merged += diff.shrink();
			diff.bound = Math.max(this.capacity, 2 * diff.size);
		}
	}

	void beginRead() {
		this.reading = true;
		this.open = null;
	}

	void endRead() {
		this.reading = false;
		this.open = null;
	}

	List<Diff> take() {
		List<Diff> taken = this.diffs;
		this.diffs = new ArrayList<>(1);
		this.open = null;
		return taken;
	}

	boolean isEmpty() {
		return this.diffs.isEmpty();
	}

	/**
	 * Return and reset the number of removed changes.
	 * @return the number since the last call
	 */
	long takeMerged() {
		long count = this.merged;
		this.merged = 0;
		return count;
	}

	/**
	 * The changes of a topic since the last diff. Clients apply all joins of a diff
	 * before its leaves, so a diff must not contain the join of a meta that has left in
	 * the same diff before.
	 */
	static final class Diff {

		private final Map<String, List<PresenceMeta>> joins = new LinkedHashMap<>();

		private final Map<String, List<PresenceMeta>> leaves = new LinkedHashMap<>();

		private int size;

		private int bound;

		private Diff(int bound) {
			this.bound = bound;
		}

		private boolean canAddJoin(PresenceMeta meta) {
			return !this.leaves.getOrDefault(meta.key(), List.of()).contains(meta);
		}

		private void add(Map<String, List<PresenceMeta>> metas, PresenceMeta meta) {
			metas.computeIfAbsent(meta.key(), (key) -> new ArrayList<>(1)).add(meta);
			this.size++;
		}

		/**
		 * Remove metas that have joined and left within this diff.
		 * @return the number of removed changes
		 */
		private int shrink() {
			int before = this.size;
			this.leaves.forEach((key, gone) -> {
				List<PresenceMeta> come = this.joins.getOrDefault(key, new ArrayList<>());
				List<PresenceMeta> both = gone.stream().filter(come::contains).toList();
				come.removeAll(both);
				gone.removeAll(both);
				this.size -= 2 * both.size();
			});
			this.joins.values().removeIf(List::isEmpty);
			this.leaves.values().removeIf(List::isEmpty);
			return before - this.size;
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

}
