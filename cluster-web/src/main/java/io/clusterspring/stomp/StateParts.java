package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of another node's state together. Not thread-safe.
 */
final class StateParts {

	private static final int NONE = -1;

	private List<SessionOp> ops = List.of();

	private int next = NONE;

	/**
	 * Add a part. The first part starts a new state; after a missing part all others are
	 * ignored.
	 * @return the whole state after its last part, otherwise {@code null}
	 */
	@Nullable List<SessionOp> add(SessionFrame.State part) {
		if (part.index() == 0) {
			this.ops = new ArrayList<>();
			this.next = 0;
		}
		boolean missing = part.index() != this.next;
		this.next = (missing || part.last()) ? NONE : this.next + 1;
		if (missing) {
			this.ops = List.of();
			return null;
		}
		this.ops.addAll(part.ops());
		List<SessionOp> all = this.ops;
		if (part.last()) {
			this.ops = List.of();
			return all;
		}
		return null;
	}

}
