package io.clusterspring.failover.decision;

import java.nio.ByteBuffer;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;

/**
 * A frame between nodes about distributed applications. Version 1 of the format: a byte
 * for the sort of the frame (0 ask, 1 state, 2 permit), then its components in order.
 */
public sealed interface FailoverFrame permits NodeReport, FailoverFrame.Ask, FailoverFrame.Permit {

	default byte[] encode() {
		FrameWriter out = new FrameWriter(FrameKind.DISTRIBUTED);
		write(out);
		return out.frame();
	}

	/** Write the sort and the content of the frame. */
	void write(FrameWriter out);

	/**
	 * Return the place of this frame among those that wait for one node. One frame waits
	 * in each slot, and the slots are sent in their order: the report comes before the
	 * question, so that the other node answers after it has received the report.
	 */
	String slot();

	/**
	 * Return this frame in a form that replaces an earlier one which was not sent.
	 * @param earlier the earlier frame of the same slot
	 * @return the frame to send
	 */
	default FailoverFrame inPlaceOf(FailoverFrame earlier) {
		return this;
	}

	/**
	 * Read a frame.
	 * @param body the bytes of {@link #encode()} without the header
	 * @throws MalformedFrameException if the frame cannot be read
	 */
	static FailoverFrame decode(ByteBuffer body) {
		return FrameReader.read(body, FailoverFrame::read);
	}

	private static FailoverFrame read(FrameReader in) {
		int sort = in.octet();
		return switch (sort) {
			case 0 -> new Ask(in.longNumber(), in.longNumber());
			case 1 -> ReportCodec.read(in);
			case 2 -> new Permit(in.text(), in.flag());
			default -> throw FrameReader.unknown(sort);
		};
	}

	/**
	 * Asks the receiver for its state.
	 *
	 * @param incarnation the incarnation of the sender
	 * @param question the number that the answer must contain
	 */
	record Ask(long incarnation, long question) implements FailoverFrame {

		@Override
		public void write(FrameWriter out) {
			out.octet(0);
			out.longNumber(this.incarnation);
			out.longNumber(this.question);
		}

		@Override
		public String slot() {
			return "2 question";
		}

	}

	/**
	 * Asks the receiver to permit or forbid an application on its own node.
	 *
	 * @param application its name
	 * @param permitted {@code true} to permit it
	 */
	record Permit(String application, boolean permitted) implements FailoverFrame {

		@Override
		public void write(FrameWriter out) {
			out.octet(2);
			out.text(this.application);
			out.flag(this.permitted);
		}

		@Override
		public String slot() {
			return "3 permission of " + this.application;
		}

	}

}
