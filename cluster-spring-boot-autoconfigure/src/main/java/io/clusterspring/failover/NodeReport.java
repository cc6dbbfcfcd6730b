package io.clusterspring.failover;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a node tells the others: everything, each time.
 *
 * @param incarnation the life of the node
 * @param sequence the number of the report
 * @param answers the question that it answers, {@code 0} if none
 * @param leaving whether the node is about to go
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
	 * Return this report as one that is sent in place of an earlier one.
	 * @param earlier the earlier one
	 * @return the report, which answers what that one would have answered
	 */
	NodeReport inPlaceOf(NodeReport earlier) {
		return (this.answers != 0) ? this
				: new NodeReport(this.incarnation, this.sequence, earlier.answers, this.leaving, this.applications);
	}

	int load() {
		return (int) this.applications.stream().filter((application) -> application.claim() != null).count();
	}

}
