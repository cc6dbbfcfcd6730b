package io.clusterspring.benchmarks.stomp;

import java.nio.ByteBuffer;

import io.clusterspring.benchmarks.ClientFrames;

/**
 * Creates the frames of a client.
 */
final class StompFrames {

	private static final int RUN_DIGITS = 8;

	private static final int TIME_DIGITS = 19;

	/** The first bytes of a body, which identify the message. */
	static final int HEAD = RUN_DIGITS + TIME_DIGITS;

	private StompFrames() {
	}

	static ByteBuffer connect() {
		return ClientFrames.text("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
	}

	static ByteBuffer subscribe(String destination) {
		return ClientFrames.text("SUBSCRIBE\nid:0\ndestination:" + destination + "\n\n\0");
	}

	static ByteBuffer send(String destination, int run, long time, int size) {
		String head = String.format("%0" + RUN_DIGITS + "d%0" + TIME_DIGITS + "d", run, time);
		return ClientFrames.text("SEND\ndestination:" + destination + "\ncontent-type:text/plain\n\n" + head
				+ "x".repeat(Math.max(0, size - HEAD)) + "\0");
	}

	static int run(ByteBuffer buffer, int body) {
		return (int) digits(buffer, body, RUN_DIGITS);
	}

	static long time(ByteBuffer buffer, int body) {
		return digits(buffer, body + RUN_DIGITS, TIME_DIGITS);
	}

	private static long digits(ByteBuffer buffer, int from, int count) {
		long value = 0;
		for (int i = from; i < from + count; i++) {
			value = 10 * value + buffer.get(i) - '0';
		}
		return value;
	}

}
