package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;

/**
 * What nodes say to each other of their sessions. Each node numbers the changes of its
 * own; the incarnation tells two lives of a node apart. Version 1 of the format: a byte
 * that says what it is (0 ask, 1 digest, 2 delta, 3 state), and then its components in
 * their order. A change that this node does not know is left out.
 */
sealed interface SessionFrame {

	/**
	 * Return the frame as it crosses.
	 * @return the encoded frame
	 */
	byte[] encode();

	/**
	 * Read a frame.
	 * @param body what {@link #encode()} gave, without its header
	 * @return the frame
	 * @throws MalformedFrameException if it is anything else
	 */
	static SessionFrame decode(ByteBuffer body) {
		return FrameReader.read(body, SessionFrame::read);
	}

	private static SessionFrame read(FrameReader in) {
		int sort = in.octet();
		return switch (sort) {
			case 0 -> new Ask();
			case 1 -> new Digest(in.longNumber(), in.longNumber());
			case 2 -> new Delta(in.longNumber(), in.longNumber(), in.records(SessionFrame::readOp));
			case 3 -> new State(in.longNumber(), in.longNumber(), in.smallNumber(), in.flag(),
					in.records(SessionFrame::readOp));
			default -> throw FrameReader.unknown(sort);
		};
	}

	private static FrameWriter writer(int kind) {
		return new FrameWriter(FrameKind.STOMP_USERS).octet(kind);
	}

	private static @Nullable SessionOp readOp(FrameReader in) {
		int kind = in.octet();
		String sessionId = in.text();
		return switch (kind) {
			case 0 -> new SessionOp.Connected(sessionId, in.text());
			case 1 -> new SessionOp.Disconnected(sessionId, in.text());
			case 2 -> new SessionOp.Subscribed(sessionId, in.text(), in.text());
			case 3 -> new SessionOp.Unsubscribed(sessionId, in.text());
			default -> null;
		};
	}

	private static void writeOp(FrameWriter out, SessionOp op) {
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
			return writer(0).frame();
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
			return writer(1).longNumber(this.incarnation).longNumber(this.sequence).frame();
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
				.records(this.ops, SessionFrame::writeOp)
				.frame();
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
				.flag(this.last)
				.records(this.ops, SessionFrame::writeOp)
				.frame();
		}

	}

}
