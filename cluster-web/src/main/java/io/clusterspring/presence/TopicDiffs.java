package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.List;

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

	private List<PresenceDiff> diffs = new ArrayList<>(1);

	private int bound;

	private boolean complete;

	private boolean reading;

	private long merged;

	TopicDiffs(int capacity) {
		this.capacity = capacity;
		this.bound = capacity;
	}

	void join(PresenceMeta meta) {
		PresenceDiff diff = last();
		if (!diff.canAddJoin(meta)) {
			this.complete = true;
			diff = last();
		}
		diff.join(meta);
		restrict(diff);
	}

	void leave(PresenceMeta meta) {
		PresenceDiff diff = last();
		diff.leave(meta);
		restrict(diff);
	}

	private PresenceDiff last() {
		if (this.complete || this.diffs.isEmpty()) {
			this.complete = false;
			this.bound = this.capacity;
			this.diffs.add(new PresenceDiff());
		}
		return this.diffs.get(this.diffs.size() - 1);
	}

	private void restrict(PresenceDiff diff) {
		if (!this.reading && diff.size() > this.bound) {
			int before = diff.size();
			diff.shrink();
			this.merged += before - diff.size();
			this.bound = Math.max(this.capacity, 2 * diff.size());
		}
	}

	/**
	 * Called before a state is read.
	 */
	void beginRead() {
		this.reading = true;
		this.complete = true;
	}

	/**
	 * Called after a state was read.
	 */
	void endRead() {
		this.reading = false;
		this.complete = true;
	}

	List<PresenceDiff> take() {
		List<PresenceDiff> taken = this.diffs;
		this.diffs = new ArrayList<>(1);
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

}
