package io.clusterspring.failover;

import java.nio.ByteBuffer;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;

/**
 * What nodes say to each other about applications. Version 1 of the format: a byte that
 * says what it is (0 ask, 1 state, 2 permit), and then its components in their order.
 */
sealed interface FailoverFrame {

	/**
	 * Return the frame as it crosses.
	 * @return the encoded frame
	 */
	default byte[] encode() {
		FrameWriter out = new FrameWriter(FrameKind.DISTRIBUTED);
		write(out);
		return out.frame();
	}

	/**
	 * Write what the frame is and what is in it.
	 * @param out where to write
	 */
	void write(FrameWriter out);

	/**
	 * Read a frame.
	 * @param body what {@link #encode()} gave, without its header
	 * @return the frame
	 * @throws MalformedFrameException if it is anything else
	 */
	static FailoverFrame decode(ByteBuffer body) {
		return FrameReader.read(body, FailoverFrame::read);
	}

	private static FailoverFrame read(FrameReader in) {
		int sort = in.octet();
		return switch (sort) {
			case 0 -> new Ask(in.longNumber(), in.longNumber());
			case 1 -> new State(ReportCodec.read(in));
			case 2 -> new Permit(in.text(), in.flag());
			default -> throw FrameReader.unknown(sort);
		};
	}

	/**
	 * The sender wants to know the state of the receiver.
	 *
	 * @param incarnation the life of the sender
	 * @param question what the answer is to name
	 */
	record Ask(long incarnation, long question) implements FailoverFrame {

		@Override
		public void write(FrameWriter out) {
			out.octet(0);
			out.longNumber(this.incarnation);
			out.longNumber(this.question);
		}

	}

	/**
	 * The state of the sender.
	 *
	 * @param report the state
	 */
	record State(NodeReport report) implements FailoverFrame {

		@Override
		public void write(FrameWriter out) {
			out.octet(1);
			ReportCodec.write(this.report, out);
		}

	}

	/**
	 * The receiver is to permit or forbid itself an application.
	 *
	 * @param application its name
	 * @param permitted whether it is permitted
	 */
	record Permit(String application, boolean permitted) implements FailoverFrame {

		@Override
		public void write(FrameWriter out) {
			out.octet(2);
			out.text(this.application);
			out.flag(this.permitted);
		}

	}

}
