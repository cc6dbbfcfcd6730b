package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The role of all nodes but the first: counts the messages that arrive in order and once,
 * reports progress, and answers pings. One thread at a time may call it.
 */
final class Hearer implements Consumer<ByteBuffer> {

	private final Medium medium;

	private final int node;

	private long next;

	private long count;

	private long step;

	Hearer(Medium medium, int node) {
		this.medium = medium;
		this.node = node;
	}

	@Override
	public void accept(ByteBuffer message) {
		long number = Signal.number(message);
		switch (Signal.of(message)) {
			case MESSAGE -> count(number);
			case PING -> this.medium.answer(Signal.ECHO.message(message.remaining(), number));
			case START -> {
				this.next = 0;
				this.count = 0;
				this.step = number;
			}
			case END -> report(Signal.DONE);
			default -> throw new IllegalStateException("Not for this node: " + Signal.of(message));
		}
	}

	private void count(long number) {
		if (number >= this.next) {
			this.next = number + 1;
			this.count++;
			if (this.next % this.step == 0) {
				report(Signal.PROGRESS);
			}
		}
	}

	private void report(Signal signal) {
		this.medium.answer(signal.message(this.next, this.count, this.node));
	}

}
