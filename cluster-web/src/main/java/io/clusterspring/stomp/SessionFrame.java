package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * A frame between nodes about their sessions. The package
 * {@link io.clusterspring.replication} describes the protocol; each delta has a number.
 * Version 1 of the format: a byte for the kind (0 ask, 1 digest, 2 delta, 3 state), and
 * then the components in order. Unknown kinds of changes are ignored.
 */
sealed interface SessionFrame {

	/** The kinds of changes, by their numbers in a frame. */
	List<Class<? extends SessionOp>> KINDS = List.of(SessionOp.Connected.class, SessionOp.Disconnected.class,
			SessionOp.Subscribed.class, SessionOp.Unsubscribed.class, SessionOp.AnonymousConnected.class,
			SessionOp.AnonymousDisconnected.class);

	default byte[] encode() {
		FrameWriter out = new FrameWriter(FrameKind.STOMP_USERS);
		if (this instanceof Ask) {
			out.octet(0);
		}
		else if (this instanceof Digest digest) {
			out.octet(1).longNumber(digest.incarnation).longNumber(digest.sequence);
		}
		else if (this instanceof Delta delta) {
			out.octet(2).longNumber(delta.incarnation).longNumber(delta.sequence);
			out.records(delta.ops, SessionFrame::writeOp);
		}
		else if (this instanceof State state) {
			out.octet(3).longNumber(state.incarnation).longNumber(state.sequence);
			out.number(state.index).flag(state.last).records(state.ops, SessionFrame::writeOp);
		}
		return out.frame();
	}

	static SessionFrame decode(ByteBuffer body) {
		return FrameReader.read(body, SessionFrame::read);
	}

	private static SessionFrame read(FrameReader in) {
		int kind = in.octet();
		return switch (kind) {
			case 0 -> new Ask();
			case 1 -> new Digest(in.longNumber(), in.longNumber());
			case 2 -> new Delta(in.longNumber(), in.longNumber(), in.records(SessionFrame::readOp));
			case 3 -> new State(in.longNumber(), in.longNumber(), in.smallNumber(), in.flag(),
					in.records(SessionFrame::readOp));
			default -> throw FrameReader.unknown(kind);
		};
	}

	private static @Nullable SessionOp readOp(FrameReader in) {
		int kind = in.octet();
		String sessionId = in.text();
		return switch (kind) {
			case 0 -> new SessionOp.Connected(sessionId, in.text());
			case 1 -> new SessionOp.Disconnected(sessionId, in.text());
			case 2 -> new SessionOp.Subscribed(sessionId, in.text(), in.text());
			case 3 -> new SessionOp.Unsubscribed(sessionId, in.text());
			case 4 -> new SessionOp.AnonymousConnected(sessionId);
			case 5 -> new SessionOp.AnonymousDisconnected(sessionId);
			default -> null;
		};
	}

	private static void writeOp(FrameWriter out, SessionOp op) {
		out.octet(KINDS.indexOf(op.getClass()));
		op.names().forEach(out::text);
	}

	/** A request for the state of the receiver. */
	record Ask() implements SessionFrame {
	}

	/**
	 * The number of the sender's last delta, so that a receiver notices the loss of that
	 * delta.
	 */
	record Digest(long incarnation, long sequence) implements SessionFrame {
	}

	/**
	 * Changes of the sender's sessions.
	 *
	 * @param sequence the number of this delta, one more than the number before
	 */
	record Delta(long incarnation, long sequence, List<SessionOp> ops) implements SessionFrame {

		Changes<SessionOp> changes() {
			return new Changes<>(this.incarnation, this.sequence - 1, this.sequence, this.ops);
		}

	}

	/**
	 * A part of the state of the sender. All parts are sent at once.
	 *
	 * @param sequence the number of the last delta that the state contains
	 * @param index the number of the part, from 0
	 * @param last whether it is the last part
	 * @param ops the changes that create the state from an empty one
	 */
	record State(long incarnation, long sequence, int index, boolean last,
			List<SessionOp> ops) implements SessionFrame {
	}

}
