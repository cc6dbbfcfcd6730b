package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * What nodes say to each other about sessions: a request for a session of the other one,
 * or the answer to it. Version 1 of the format:
 *
 * <pre>
 * byte     0 poll, 1 release, 2 send, 3 send in lines, 4 answer
 * long     number of the request
 * request: text, the session; the body, to the end of the frame; that of a poll is
 *          the number of answers the client has got, an int
 * answer:  number, the status; a list of texts, the messages
 * </pre>
 *
 * @param kind what it is
 * @param number the number of the request, given by the node that asks
 * @param session the session, empty in an answer
 * @param body the body of the client's request, empty but for those that send
 * @param answer the answer, 204 in a request
 */
record RelayFrame(Kind kind, long number, String session, byte[] body, PollAnswer answer) {

	private static final Kind[] KINDS = Kind.values();

	private static final int LAST_STATUS = 599;

	private static final byte[] NOTHING = {};

	static RelayFrame request(Kind kind, long number, String session) {
		return new RelayFrame(kind, number, session, NOTHING, PollAnswer.of(PollAnswer.NO_CONTENT));
	}

	static RelayFrame poll(long number, String session, int heard) {
		return new RelayFrame(Kind.POLL, number, session, ByteBuffer.allocate(Integer.BYTES).putInt(heard).array(),
				PollAnswer.of(PollAnswer.NO_CONTENT));
	}

	/**
	 * Return how many answers the client that polls has got.
	 * @return the number
	 */
	int heard() {
		FrameReader.check(this.body.length == Integer.BYTES, "it does not say how many answers the client has got");
		return ByteBuffer.wrap(this.body).getInt();
	}

	static RelayFrame send(long number, String session, PollBody body) {
		return new RelayFrame(body.lines() ? Kind.SEND_LINES : Kind.SEND, number, session, body.bytes(),
				PollAnswer.of(PollAnswer.NO_CONTENT));
	}

	static RelayFrame answer(long number, PollAnswer answer) {
		return new RelayFrame(Kind.ANSWER, number, "", NOTHING, answer);
	}

	byte[] encode() {
		FrameWriter out = new FrameWriter(FrameKind.LONG_POLL).octet(this.kind.ordinal()).longNumber(this.number);
		if (this.kind == Kind.ANSWER) {
			out.number(this.answer.status()).all(this.answer.messages(), FrameWriter::text);
		}
		else {
			out.text(this.session).rest(this.body);
		}
		return out.frame();
	}

	static RelayFrame decode(ByteBuffer body) {
		return FrameReader.read(body, (in) -> {
			Kind kind = in.oneOf(KINDS);
			long number = in.longNumber();
			return (kind == Kind.ANSWER) ? answer(number, readAnswer(in))
					: new RelayFrame(kind, number, in.text(), in.rest(), PollAnswer.of(PollAnswer.NO_CONTENT));
		});
	}

	private static PollAnswer readAnswer(FrameReader in) {
		int status = in.smallNumber();
		FrameReader.check(status <= LAST_STATUS, "its status is none");
		return new PollAnswer(status, in.all(FrameReader::text));
	}

	/**
	 * What a frame is. The ordinal is on the wire.
	 */
	enum Kind {

		/** The client asks for what there is to say. */
		POLL,

		/** The client's request has ended: what comes later is for the next. */
		RELEASE,

		/** The client sends one message. */
		SEND,

		/** The client sends a message in each line. */
		SEND_LINES,

		/** The answer to a request. */
		ANSWER

	}

}
