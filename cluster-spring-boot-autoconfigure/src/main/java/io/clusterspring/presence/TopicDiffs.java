package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.List;

/**
 * The diffs of a topic that are still to be published, mostly one.
 */
final class TopicDiffs {

	private final int capacity;

	private List<PresenceDiff> diffs = new ArrayList<>(1);

	private int bound;

	TopicDiffs(int capacity) {
		this.capacity = capacity;
		this.bound = capacity;
	}

	void join(PresenceMeta meta) {
		PresenceDiff diff = last();
		if (!diff.takesJoinOf(meta)) {
			diff = new PresenceDiff();
			this.diffs.add(diff);
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
		if (this.diffs.isEmpty()) {
			this.diffs.add(new PresenceDiff());
		}
		return this.diffs.get(this.diffs.size() - 1);
	}

	private void restrict(PresenceDiff diff) {
		if (diff.size() > this.bound) {
			diff.shrink();
			this.bound = Math.max(this.capacity, 2 * diff.size());
		}
	}

	List<PresenceDiff> take() {
		List<PresenceDiff> taken = this.diffs;
		this.diffs = new ArrayList<>(1);
		this.bound = this.capacity;
		return taken;
	}

	boolean isEmpty() {
		return this.diffs.isEmpty();
	}

}
