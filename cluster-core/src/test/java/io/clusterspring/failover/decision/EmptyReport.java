package io.clusterspring.failover.decision;

import java.util.List;

/**
 * Reports without applications, for the tests of other rooms.
 */
public final class EmptyReport {

	private EmptyReport() {
	}

	/**
	 * Create a report.
	 * @param sequence its number
	 * @param answers the number of the question that it answers, {@code 0} if none
	 * @return the report
	 */
	public static FailoverFrame of(long sequence, long answers) {
		return new NodeReport(1, sequence, answers, false, List.of());
	}

}
