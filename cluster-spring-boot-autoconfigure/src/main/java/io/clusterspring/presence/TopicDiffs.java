package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.List;

/**
 * The diffs of a topic that are still to be published, mostly one. One call at a time.
 *
 * <p>
 * Who comes and goes in one diff may be left out of it if there are too many, but not if
 * a state was read in between: somebody may have been told of the coming, and has to be
 * told of the going. So what changes while a state is read has diffs of its own.
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
		if (!diff.takesJoinOf(meta)) {
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
	 * Take note that a state begins to be read.
	 */
	void beginRead() {
		this.reading = true;
		this.complete = true;
	}

	/**
	 * Take note that it was read.
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
	 * Return how many changes were left out, and forget it.
	 * @return the number since the last time
	 */
	long takeMerged() {
		long count = this.merged;
		this.merged = 0;
		return count;
	}

}
