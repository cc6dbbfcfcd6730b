package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;

/**
 * What a message of a measurement says: a kind, then three numbers. The rest is filling.
 */
enum Signal {

	/** The next messages are counted from zero; tells after how many to report. */
	START,

	/** One of many, numbered from zero. */
	MESSAGE,

	/** No more are coming. */
	END,

	/** Asks for an {@link #ECHO} with its number. */
	PING,

	/** Answers a {@link #PING}. */
	ECHO,

	/** Tells how far a node has come, and how many messages it has got. */
	PROGRESS,

	/** The same, after an {@link #END}. */
	DONE;

	/** The size of a message without filling. */
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
