package io.clusterspring.failover.decision;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.wire.FrameWriter;

/**
 * The complete report of a node about its applications.
 *
 * @param sequence the number of the report, which grows
 * @param answers the number of the question that it answers, {@code 0} if none
 * @param leaving whether the node is leaving
 */
record NodeReport(long incarnation, long sequence, long answers, boolean leaving,
		List<ApplicationReport> applications) implements FailoverFrame {

	@Override
	public void write(FrameWriter out) {
		out.octet(1);
		ReportCodec.write(this, out);
	}

	@Override
	public String slot() {
		return "1 report";
	}

	@Nullable ApplicationReport application(String name) {
		for (ApplicationReport application : this.applications) {
			if (application.name().equals(name)) {
				return application;
			}
		}
		return null;
	}

	/** Also answer the question that the earlier report would have answered. */
	@Override
	public NodeReport inPlaceOf(FailoverFrame earlier) {
		return (this.answers != 0 || !(earlier instanceof NodeReport report)) ? this
				: new NodeReport(this.incarnation, this.sequence, report.answers, this.leaving, this.applications);
	}

	// leaves out its numbers and rounds, which change all the time
	NodeReport timeless() {
		return new NodeReport(this.incarnation, 0, 0, this.leaving,
				this.applications.stream().map(ApplicationReport::timeless).toList());
	}

	int load() {
		return (int) this.applications.stream().filter((application) -> application.claim() != null).count();
	}

}
