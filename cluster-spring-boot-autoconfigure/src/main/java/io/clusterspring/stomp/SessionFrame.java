package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.util.List;

import org.springframework.util.Assert;

/**
 * What nodes say to each other of their sessions. Each node numbers the changes of its
 * own; the incarnation tells two lives of a node apart.
 */
sealed interface SessionFrame {

	/** The version of the format, first in every frame. */
	int VERSION = 1;

	/**
	 * Return the frame as it crosses.
	 * @return the encoded frame
	 */
	byte[] encode();

	/**
	 * Read a frame.
	 * @param bytes what {@link #encode()} gave
	 * @return the frame
	 * @throws IllegalArgumentException if it is anything else, or of another version
	 */
	static SessionFrame decode(ByteBuffer bytes) {
		return WireReader.read(bytes, (in) -> {
			int version = in.octet();
			Assert.isTrue(version == VERSION, () -> "Unknown frame version " + version);
			int kind = in.octet();
			return switch (kind) {
				case 0 -> new Ask();
				case 1 -> new Digest(in.longNumber(), in.longNumber());
				case 2 -> new Delta(in.longNumber(), in.longNumber(), in.all(SessionFrame::readOp));
				case 3 -> new State(in.longNumber(), in.longNumber(), in.number(), in.octet() != 0,
						in.all(SessionFrame::readOp));
				default -> throw new IllegalArgumentException("Unknown kind of frame " + kind);
			};
		});
	}

	private static WireWriter writer(int kind) {
		return new WireWriter().octet(VERSION).octet(kind);
	}

	private static SessionOp readOp(WireReader in) {
		int kind = in.octet();
		String sessionId = in.text();
		return switch (kind) {
			case 0 -> new SessionOp.Connected(sessionId, in.text());
			case 1 -> new SessionOp.Disconnected(sessionId, in.text());
			case 2 -> new SessionOp.Subscribed(sessionId, in.text(), in.text());
			case 3 -> new SessionOp.Unsubscribed(sessionId, in.text());
			default -> throw new IllegalArgumentException("Unknown kind of change " + kind);
		};
	}

	private static void writeOp(WireWriter out, SessionOp op) {
		if (op instanceof SessionOp.Connected connected) {
			out.octet(0).text(op.sessionId()).text(connected.user());
		}
		else if (op instanceof SessionOp.Subscribed subscribed) {
			out.octet(2).text(op.sessionId()).text(subscribed.id()).text(subscribed.destination());
		}
		else if (op instanceof SessionOp.Unsubscribed unsubscribed) {
			out.octet(3).text(op.sessionId()).text(unsubscribed.id());
		}
		else if (op instanceof SessionOp.Disconnected disconnected) {
			out.octet(1).text(op.sessionId()).text(disconnected.user());
		}
	}

	/**
	 * The sender lacks the state of the receiver.
	 */
	record Ask() implements SessionFrame {

		@Override
		public byte[] encode() {
			return writer(0).bytes();
		}

	}

	/**
	 * How far the sender has come: who lost the last change finds out.
	 *
	 * @param incarnation the life of the sender
	 * @param sequence the number of its last change
	 */
	record Digest(long incarnation, long sequence) implements SessionFrame {

		@Override
		public byte[] encode() {
			return writer(1).longNumber(this.incarnation).longNumber(this.sequence).bytes();
		}

	}

	/**
	 * Changes at the sender.
	 *
	 * @param incarnation the life of the sender
	 * @param sequence the number of these changes, one more than that of the last
	 * @param ops the changes
	 */
	record Delta(long incarnation, long sequence, List<SessionOp> ops) implements SessionFrame {

		@Override
		public byte[] encode() {
			return writer(2).longNumber(this.incarnation)
				.longNumber(this.sequence)
				.all(this.ops, SessionFrame::writeOp)
				.bytes();
		}

	}

	/**
	 * A part of the state of the sender.
	 *
	 * @param incarnation the life of the sender
	 * @param sequence the number of the last change that is in it
	 * @param index the number of the part, from 0
	 * @param last whether it is the last part
	 * @param ops what makes the state out of nothing
	 */
	record State(long incarnation, long sequence, int index, boolean last,
			List<SessionOp> ops) implements SessionFrame {

		@Override
		public byte[] encode() {
			return writer(3).longNumber(this.incarnation)
				.longNumber(this.sequence)
				.number(this.index)
				.octet(this.last ? 1 : 0)
				.all(this.ops, SessionFrame::writeOp)
				.bytes();
		}

	}

}
