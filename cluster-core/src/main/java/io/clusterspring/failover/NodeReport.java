package io.clusterspring.failover;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The complete report of a node about its applications.
 *
 * @param incarnation the incarnation of the node
 * @param sequence the number of the report, which grows
 * @param answers the number of the question that it answers, {@code 0} if none
 * @param leaving whether the node is leaving
 * @param applications its applications
 */
record NodeReport(long incarnation, long sequence, long answers, boolean leaving,
		List<ApplicationReport> applications) {

	@Nullable ApplicationReport application(String name) {
		for (ApplicationReport application : this.applications) {
			if (application.name().equals(name)) {
				return application;
			}
		}
		return null;
	}

	/**
	 * Return this report in a form that replaces an earlier one which was not sent.
	 * @param earlier the earlier one
	 * @return the report, which also answers the question of the earlier one
	 */
	NodeReport inPlaceOf(NodeReport earlier) {
		return (this.answers != 0) ? this
				: new NodeReport(this.incarnation, this.sequence, earlier.answers, this.leaving, this.applications);
	}

	int load() {
		return (int) this.applications.stream().filter((application) -> application.claim() != null).count();
	}

}
