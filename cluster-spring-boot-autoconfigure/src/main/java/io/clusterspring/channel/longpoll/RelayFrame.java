package io.clusterspring.channel.longpoll;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

/**
 * What nodes say to each other about sessions: a request for a session of the other one,
 * or the answer to it.
 *
 * <pre>
 * byte    version (1)
 * byte    kind (0 poll, 1 release, 2 send, 3 send in lines, 4 answer)
 * long    number of the request
 * short   status (204 in a request)
 * request: int length, then the session; the body, to the end of the frame
 * answer:  for each message an int length and the message in UTF-8
 * </pre>
 *
 * @param kind what it is
 * @param number the number of the request, given by the node that asks
 * @param session the session, empty in an answer
 * @param body the body of the client's request, empty but for those that send
 * @param answer the answer, 204 in a request
 */
record RelayFrame(Kind kind, long number, String session, byte[] body, PollAnswer answer) {

	private static final byte VERSION = 1;

	private static final Kind[] KINDS = Kind.values();

	private static final byte[] NOTHING = {};

	static RelayFrame request(Kind kind, long number, String session) {
		return new RelayFrame(kind, number, session, NOTHING, PollAnswer.of(PollAnswer.NO_CONTENT));
	}

	static RelayFrame send(long number, String session, PollBody body) {
		return new RelayFrame(body.lines() ? Kind.SEND_LINES : Kind.SEND, number, session, body.bytes(),
				PollAnswer.of(PollAnswer.NO_CONTENT));
	}

	static RelayFrame answer(long number, PollAnswer answer) {
		return new RelayFrame(Kind.ANSWER, number, "", NOTHING, answer);
	}

	byte[] encode() {
		List<byte[]> parts = new ArrayList<>();
		if (this.kind != Kind.ANSWER) {
			parts.add(this.session.getBytes(StandardCharsets.UTF_8));
		}
		this.answer.messages().forEach((message) -> parts.add(message.getBytes(StandardCharsets.UTF_8)));
		int size = 10 + 2 + this.body.length;
		for (byte[] part : parts) {
			size += 4 + part.length;
		}
		ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).put((byte) this.kind.ordinal()).putLong(this.number);
		out.putShort((short) this.answer.status());
		parts.forEach((part) -> out.putInt(part.length).put(part));
		return out.put(this.body).array();
	}

	static RelayFrame decode(ByteBuffer frame) {
		ByteBuffer in = frame.duplicate();
		try {
			Assert.isTrue(in.get() == VERSION, "Unknown version");
			int kind = in.get();
			Assert.isTrue(kind >= 0 && kind < KINDS.length, "Unknown kind");
			long number = in.getLong();
			int status = in.getShort();
			if (KINDS[kind] == Kind.ANSWER) {
				List<String> messages = new ArrayList<>();
				while (in.hasRemaining()) {
					messages.add(string(in));
				}
				return answer(number, new PollAnswer(status, messages));
			}
			String session = string(in);
			byte[] body = new byte[in.remaining()];
			in.get(body);
			return new RelayFrame(KINDS[kind], number, session, body, PollAnswer.of(status));
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException ex) {
			throw new IllegalArgumentException("Truncated frame", ex);
		}
	}

	private static String string(ByteBuffer in) {
		int length = in.getInt();
		String text = StandardCharsets.UTF_8.decode(in.slice(in.position(), length)).toString();
		in.position(in.position() + length);
		return text;
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
