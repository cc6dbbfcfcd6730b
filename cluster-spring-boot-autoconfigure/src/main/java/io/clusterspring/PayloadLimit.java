package io.clusterspring;

import java.util.concurrent.atomic.LongAdder;

import org.springframework.util.Assert;

/**
 * The largest payload that nodes send each other, and how many were larger. Thread-safe.
 */
public final class PayloadLimit {

	/**
	 * 16 MB: what a heap of 100 MB survives.
	 */
	public static final long DEFAULT = 16 << 20;

	/**
	 * 1 MB: what the starter itself may send at once fits into it.
	 */
	public static final long SMALLEST = 1 << 20;

	/**
	 * 1 GB.
	 */
	public static final long LARGEST = 1 << 30;

	/**
	 * 256 KB: what a frame may have beside its payload, such as names and headers.
	 */
	public static final long AROUND = 1 << 18;

	private final long bytes;

	private final LongAdder refused = new LongAdder();

	/**
	 * Create a limit.
	 * @param bytes the largest size of a payload
	 */
	public PayloadLimit(long bytes) {
		Assert.isTrue(bytes >= SMALLEST && bytes <= LARGEST, () -> "A payload limit of " + bytes + " is out of range");
		this.bytes = bytes;
	}

	/**
	 * Return the largest size of a payload.
	 * @return the number of bytes
	 */
	public long bytes() {
		return this.bytes;
	}

	/**
	 * Return the largest size of a frame, which has such a payload.
	 * @return the number of bytes
	 */
	public long largestFrame() {
		return this.bytes + AROUND;
	}

	/**
	 * Check a payload before anybody gets it.
	 * @param size its size in bytes
	 * @throws PayloadTooLargeException if it is too large; it is counted then
	 */
	public void check(long size) {
		if (size > this.bytes) {
			throw refuse(size);
		}
	}

	/**
	 * Check a frame before it is sent.
	 * @param size its size in bytes
	 * @throws PayloadTooLargeException if it is too large; it is counted then
	 */
	public void checkFrame(long size) {
		if (size > largestFrame()) {
			throw refuse(size);
		}
	}

	private PayloadTooLargeException refuse(long size) {
		this.refused.increment();
		return new PayloadTooLargeException(size, this.bytes);
	}

	/**
	 * Return how many were refused.
	 * @return the number since this node was created
	 */
	public long refused() {
		return this.refused.sum();
	}

}
