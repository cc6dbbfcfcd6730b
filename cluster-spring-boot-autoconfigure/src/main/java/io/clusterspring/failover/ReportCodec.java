package io.clusterspring.failover;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.Node;

/**
 * Writes and reads a {@link NodeReport}. What may be absent follows a byte that says
 * whether it is there.
 */
final class ReportCodec {

	private ReportCodec() {
	}

	static void write(NodeReport report, DataOutputStream out) throws IOException {
		out.writeLong(report.incarnation());
		out.writeLong(report.sequence());
		out.writeLong(report.answers());
		out.writeBoolean(report.leaving());
		out.writeShort(report.applications().size());
		for (ApplicationReport application : report.applications()) {
			write(application, out);
		}
	}

	static NodeReport read(DataInputStream in) throws IOException {
		long incarnation = in.readLong();
		long sequence = in.readLong();
		long answers = in.readLong();
		boolean leaving = in.readBoolean();
		int count = in.readUnsignedShort();
		List<ApplicationReport> applications = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			applications.add(readApplication(in));
		}
		return new NodeReport(incarnation, sequence, answers, leaving, applications);
	}

	private static void write(ApplicationReport report, DataOutputStream out) throws IOException {
		out.writeUTF(report.name());
		out.writeUTF(report.placement());
		out.writeByte(report.readiness().ordinal());
		out.writeBoolean(report.permitted());
		out.writeBoolean(report.settled());
		write(report.claim(), out);
		write(report.vote(), out);
		out.writeLong(report.seen());
		write(report.last(), out);
		writeNode(report.pin().node(), out);
		out.writeLong(report.pin().stamp());
	}

	private static ApplicationReport readApplication(DataInputStream in) throws IOException {
		return new ApplicationReport(in.readUTF(), in.readUTF(), one(Readiness.values(), in.readByte()),
				in.readBoolean(), in.readBoolean(), readClaim(in), readVote(in), in.readLong(), readTenure(in),
				new Pin(readNode(in), in.readLong()));
	}

	private static void write(@Nullable Claim claim, DataOutputStream out) throws IOException {
		out.writeBoolean(claim != null);
		if (claim != null) {
			out.writeLong(claim.token());
			out.writeLong(claim.round());
			out.writeByte(claim.stage().ordinal());
			out.writeLong(claim.since());
		}
	}

	private static @Nullable Claim readClaim(DataInputStream in) throws IOException {
		return in.readBoolean()
				? new Claim(in.readLong(), in.readLong(), one(Claim.Stage.values(), in.readByte()), in.readLong())
				: null;
	}

	private static void write(@Nullable Vote vote, DataOutputStream out) throws IOException {
		writeNode((vote != null) ? vote.node() : null, out);
		if (vote != null) {
			out.writeLong(vote.incarnation());
			out.writeLong(vote.token());
			out.writeLong(vote.round());
		}
	}

	private static @Nullable Vote readVote(DataInputStream in) throws IOException {
		Node node = readNode(in);
		return (node != null) ? new Vote(node, in.readLong(), in.readLong(), in.readLong()) : null;
	}

	private static void write(@Nullable Tenure tenure, DataOutputStream out) throws IOException {
		writeNode((tenure != null) ? tenure.node() : null, out);
		if (tenure != null) {
			out.writeLong(tenure.token());
			out.writeBoolean(tenure.released());
		}
	}

	private static @Nullable Tenure readTenure(DataInputStream in) throws IOException {
		Node node = readNode(in);
		return (node != null) ? new Tenure(node, in.readLong(), in.readBoolean()) : null;
	}

	private static void writeNode(@Nullable Node node, DataOutputStream out) throws IOException {
		out.writeUTF((node != null) ? node.toString() : "");
	}

	private static @Nullable Node readNode(DataInputStream in) throws IOException {
		String name = in.readUTF();
		return name.isEmpty() ? null : Node.of(name);
	}

	private static <T> T one(T[] values, int ordinal) {
		Assert.isTrue(ordinal >= 0 && ordinal < values.length, "Unknown constant in a report");
		return values[ordinal];
	}

}
