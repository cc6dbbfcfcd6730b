package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;

/**
 * A frame between nodes about their sessions. Each node numbers its own changes; the
 * incarnation is new for every start of a node. Version 1 of the format: a byte for the
 * kind (0 ask, 1 digest, 2 delta, 3 state), and then the components in order. Unknown
 * kinds of changes are ignored.
 */
sealed interface SessionFrame {

	/**
	 * Encode the frame.
	 * @return the encoded frame
	 */
	byte[] encode();

	/**
	 * Read a frame.
	 * @param body the frame without its header
	 * @return the frame
	 * @throws MalformedFrameException if the body is malformed
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
	 * A request for the state of the receiver.
	 */
	record Ask() implements SessionFrame {

		@Override
		public byte[] encode() {
			return writer(0).frame();
		}

	}

	/**
	 * The number of the sender's last change, so that a receiver notices the loss of that
	 * change.
	 *
	 * @param incarnation the incarnation of the sender
	 * @param sequence the number of its last change
	 */
	record Digest(long incarnation, long sequence) implements SessionFrame {

		@Override
		public byte[] encode() {
			return writer(1).longNumber(this.incarnation).longNumber(this.sequence).frame();
		}

	}

	/**
	 * Changes of the sender's sessions.
	 *
	 * @param incarnation the incarnation of the sender
	 * @param sequence the number of these changes, one more than the number before
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
	 * @param incarnation the incarnation of the sender
	 * @param sequence the number of the last change that the state contains
	 * @param index the number of the part, from 0
	 * @param last whether it is the last part
	 * @param ops the changes that create the state from an empty one
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
