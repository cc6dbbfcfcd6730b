package io.clusterspring.failover.decision;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * Writes and reads a {@link NodeReport}. An optional value follows a byte that tells
 * whether it is present. A claim at an unknown stage counts as running.
 */
final class ReportCodec {

	private ReportCodec() {
	}

	static void write(NodeReport report, FrameWriter out) {
		out.longNumber(report.incarnation());
		out.longNumber(report.sequence());
		out.longNumber(report.answers());
		out.flag(report.leaving());
		out.records(report.applications(), (to, application) -> write(application, to));
	}

	static NodeReport read(FrameReader in) {
		long incarnation = in.longNumber();
		long sequence = in.longNumber();
		long answers = in.longNumber();
		boolean leaving = in.flag();
		return new NodeReport(incarnation, sequence, answers, leaving, in.records(ReportCodec::readApplication));
	}

	private static void write(ApplicationReport report, FrameWriter out) {
		out.text(report.name());
		out.text(report.placement());
		out.octet(report.readiness().ordinal());
		out.flag(report.permitted());
		out.flag(report.settled());
		write(report.claim(), out);
		write(report.vote(), out);
		out.longNumber(report.seen());
		write(report.last(), out);
		writeNode(report.pin().node(), out);
		out.longNumber(report.pin().stamp());
		out.number(report.electorate().required());
		out.text(report.electorate().nodes());
	}

	private static ApplicationReport readApplication(FrameReader in) {
		return new ApplicationReport(in.text(), in.text(), in.oneOf(Readiness.values(), Readiness.OFF), in.flag(),
				in.flag(), readClaim(in), readVote(in), in.longNumber(), readLastOwner(in),
				new Pins.Pin(readNode(in), in.longNumber()), new Electorate(in.smallNumber(), in.text()));
	}

	private static void write(@Nullable Claim claim, FrameWriter out) {
		out.flag(claim != null);
		if (claim != null) {
			out.longNumber(claim.token());
			out.longNumber(claim.round());
			out.octet(claim.stage().ordinal());
			out.longNumber(claim.since());
		}
	}

	private static @Nullable Claim readClaim(FrameReader in) {
		return in.flag() ? new Claim(in.longNumber(), in.longNumber(),
				in.oneOf(Claim.Stage.values(), Claim.Stage.RUNNING), in.longNumber()) : null;
	}

	private static void write(@Nullable Vote vote, FrameWriter out) {
		writeNode((vote != null) ? vote.node() : null, out);
		if (vote != null) {
			out.longNumber(vote.incarnation());
			out.longNumber(vote.token());
			out.longNumber(vote.round());
		}
	}

	private static @Nullable Vote readVote(FrameReader in) {
		Node node = readNode(in);
		return (node != null) ? new Vote(node, in.longNumber(), in.longNumber(), in.longNumber()) : null;
	}

	private static void write(Succession.@Nullable LastOwner owner, FrameWriter out) {
		writeNode((owner != null) ? owner.node() : null, out);
		if (owner != null) {
			out.longNumber(owner.token());
			out.flag(owner.released());
		}
	}

	private static Succession.@Nullable LastOwner readLastOwner(FrameReader in) {
		Node node = readNode(in);
		return (node != null) ? new Succession.LastOwner(node, in.longNumber(), in.flag()) : null;
	}

	private static void writeNode(@Nullable Node node, FrameWriter out) {
		out.text((node != null) ? node.toString() : "");
	}

	private static @Nullable Node readNode(FrameReader in) {
		String name = in.text();
		return name.isEmpty() ? null : Node.of(name);
	}

}
