package io.clusterspring.failover.decision;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for one other node. Only the newest of each slot waits, so the
 * queue is bounded. Not thread-safe.
 */
public final class PendingFrames {

	private final TreeMap<String, FailoverFrame> frames = new TreeMap<>();

	/** Add a frame, in place of one that waits in its slot. */
	public void add(FailoverFrame frame) {
		this.frames.merge(frame.slot(), frame, (before, added) -> added.inPlaceOf(before));
	}

	public @Nullable FailoverFrame next() {
		Map.Entry<String, FailoverFrame> next = this.frames.pollFirstEntry();
		return (next != null) ? next.getValue() : null;
	}

}
