package io.clusterspring;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Limits the size of the payloads that nodes send each other, and counts those that are
 * refused. Thread-safe.
 */
public final class PayloadLimit {

	/** 16 MB, which a heap of 100 MB can bear. */
	public static final long DEFAULT = 16 << 20;

	/** 1 MB, enough for everything that the starter itself sends. */
	public static final long SMALLEST = 1 << 20;

	/** 1 GB. */
	public static final long LARGEST = 1 << 30;

	/** 256 KB for the rest of a frame, such as names and headers. */
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
	 * Return the largest size of a frame: a payload with names and headers.
	 * @return the number of bytes
	 */
	public long largestFrame() {
		return this.bytes + AROUND;
	}

	/**
	 * Return a warning if the heap of this node is too small for the largest payload.
	 * @param heap the largest size of the heap in bytes
	 * @return the warning, {@code null} if a payload fits into a quarter of the heap
	 */
	public @Nullable String warning(long heap) {
		if (this.bytes <= heap / 4) {
			return null;
		}
		return "cluster.max-payload-size is " + this.bytes + " bytes, which is more than a quarter of the heap of "
				+ heap + " bytes: this node refuses payloads of other nodes that are larger than " + heap / 4
				+ " bytes. Give it a heap of " + megabytes(4 * this.bytes)
				+ " MB (-Xmx), or lower cluster.max-payload-size on all nodes (docs/limits.md)";
	}

	private static long megabytes(long bytes) {
		return (bytes + (1 << 20) - 1) >> 20;
	}

	/**
	 * Check a payload before it is delivered to anybody.
	 * @param size its size in bytes
	 * @throws PayloadTooLargeException if it is too large; it is then counted
	 */
	public void check(long size) {
		if (size > this.bytes) {
			throw refuse(size);
		}
	}

	/**
	 * Check a frame before it is sent.
	 * @param size its size in bytes
	 * @throws PayloadTooLargeException if it is too large; it is then counted
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
