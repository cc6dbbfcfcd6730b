package io.clusterspring.jgroups.engine;

/**
 * A small message between two engines that is no frame: a number of eight bytes, of which
 * the lowest says of what sort it is. A node skips sorts that it does not know.
 *
 * @param sort what it is, from 0 to 255
 * @param number what tells it from others of its sort, below 2^56
 */
record Signal(int sort, long number) {

	/** The answer to a ping, with its number. */
	static final int ECHO = 0;

	/** Asks an older member with the name of the sender whether it is alive. */
	static final int PROBE = 1;

	/** The answer to a probe: it is. */
	static final int ANSWER = 2;

	/** Asks for an echo. */
	static final int PING = 3;

	private static final int SORTS = 0xFF;

	static Signal of(long value) {
		return new Signal((int) (value & SORTS), value >>> Byte.SIZE);
	}

	long value() {
		return (this.number << Byte.SIZE) | this.sort;
	}

}
