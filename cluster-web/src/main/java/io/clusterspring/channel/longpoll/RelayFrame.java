package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * A frame between nodes about a session: a request to the node that has the session, or
 * its answer. Version 1 of the format:
 *
 * <pre>
 * byte     0 poll, 1 release, 2 send, 3 send in lines, 4 answer
 * long     number of the request
 * request: text, the session; the body, to the end of the frame; that of a poll is
 * the number of answers the client has received, an int
 * answer:  number, the status; a list of texts, the messages
 * </pre>
 *
 * @param number the number of the request, chosen by the requesting node
 * @param session the name of the session; empty in an answer
 * @param body the body of the client's request, or the number of received answers for a
 * poll; otherwise empty
 * @param answer the answer; 204 in a request
 */
record RelayFrame(Kind kind, long number, String session, byte[] body, PollAnswer answer) {

	private static final Kind[] KINDS = Kind.values();

	private static final int LAST_STATUS = 599;

	private static final byte[] NOTHING = {};

	static RelayFrame request(Kind kind, long number, String session) {
		return new RelayFrame(kind, number, session, NOTHING, PollAnswer.of(PollAnswer.NO_CONTENT));
	}

	static RelayFrame poll(long number, String session, int acknowledged) {
		return new RelayFrame(Kind.POLL, number, session,
				ByteBuffer.allocate(Integer.BYTES).putInt(acknowledged).array(), PollAnswer.of(PollAnswer.NO_CONTENT));
	}

	/** Return the number of answers that the polling client has received. */
	int acknowledged() {
		FrameReader.check(this.body.length == Integer.BYTES, "the number of received answers is missing");
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
		FrameReader.check(status <= LAST_STATUS, "the status is not an HTTP status");
		return new PollAnswer(status, in.all(FrameReader::text));
	}

	/** The kind of a frame. Its ordinal is part of the wire format. */
	enum Kind {

		/** The client requests messages. */
		POLL,

		/** The client's request has ended; later messages wait for the next one. */
		RELEASE,

		/** The client sends one message. */
		SEND,

		/** The client sends a message in each line. */
		SEND_LINES,

		/** The answer to a request. */
		ANSWER

	}

}
