package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;

/**
 * The content of a message of a measurement: a kind and three numbers, followed by
 * padding.
 */
enum Signal {

	/** Resets the count of messages; contains the interval of reports. */
	START,

	/** One of many messages, numbered from zero. */
	MESSAGE,

	/** The last message. */
	END,

	/** Requests an {@link #ECHO} with its number. */
	PING,

	/** Answers a {@link #PING}. */
	ECHO,

	/** The progress of a node, and how many messages it has received. */
	PROGRESS,

	/** The same, after an {@link #END}. */
	DONE;

	/** The size of a message without padding. */
	static final int SMALLEST = 1 + 3 * Long.BYTES;

	private static final Signal[] ALL = values();

	byte[] message(int size, long number) {
		byte[] message = new byte[size];
		ByteBuffer.wrap(message).put((byte) ordinal()).putLong(number);
		return message;
	}

	byte[] message(long number, long count, int node) {
		byte[] message = message(SMALLEST, number);
		ByteBuffer.wrap(message, 1 + Long.BYTES, 2 * Long.BYTES).putLong(count).putLong(node);
		return message;
	}

	static boolean isOne(ByteBuffer message) {
		return message.remaining() >= SMALLEST && message.get(0) >= 0 && message.get(0) < ALL.length;
	}

	static Signal of(ByteBuffer message) {
		return ALL[message.get(0)];
	}

	static long number(ByteBuffer message) {
		return message.getLong(1);
	}

	static long count(ByteBuffer message) {
		return message.getLong(1 + Long.BYTES);
	}

	static int node(ByteBuffer message) {
		return (int) message.getLong(1 + 2 * Long.BYTES);
	}

}
