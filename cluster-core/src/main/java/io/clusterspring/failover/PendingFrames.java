package io.clusterspring.failover;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for one other node. Only the newest of each kind waits, so the
 * queue is bounded; a newer report replaces an older one. Not thread-safe.
 */
final class PendingFrames {

	private final Map<String, FailoverFrame.Permit> permits = new LinkedHashMap<>();

	private @Nullable NodeReport report;

	private FailoverFrame.@Nullable Ask question;

	void add(FailoverFrame frame) {
		if (frame instanceof FailoverFrame.State told) {
			NodeReport before = this.report;
			this.report = (before != null) ? told.report().inPlaceOf(before) : told.report();
		}
		else if (frame instanceof FailoverFrame.Ask ask) {
			this.question = ask;
		}
		else if (frame instanceof FailoverFrame.Permit permit) {
			this.permits.put(permit.application(), permit);
		}
	}

	/**
	 * Take the next frame. The report comes before the question, so that the other node
	 * answers after it has received the report.
	 * @return the frame, {@code null} if there is none
	 */
	@Nullable FailoverFrame next() {
		NodeReport told = this.report;
		if (told != null) {
			this.report = null;
			return new FailoverFrame.State(told);
		}
		FailoverFrame.Ask asked = this.question;
		if (asked != null) {
			this.question = null;
			return asked;
		}
		Iterator<FailoverFrame.Permit> left = this.permits.values().iterator();
		FailoverFrame.Permit permit = left.hasNext() ? left.next() : null;
		if (permit != null) {
			left.remove();
		}
		return permit;
	}

}
