package io.clusterspring;

/**
 * A payload is larger than nodes send each other. Nobody has got it, on this node or
 * another.
 */
public class PayloadTooLargeException extends IllegalArgumentException {

	private final long size;

	private final long limit;

	/**
	 * Create an exception.
	 * @param size the size of the payload in bytes
	 * @param limit the largest size that is sent
	 */
	public PayloadTooLargeException(long size, long limit) {
		super("A payload of " + size + " bytes is larger than nodes send each other: cluster.max-payload-size is "
				+ limit + " bytes. Send it in pieces, or send where it can be fetched; or raise the property on all "
				+ "nodes, whose heaps have to be four times as large at least");
		this.size = size;
		this.limit = limit;
	}

	/**
	 * Return the size of the payload.
	 * @return the number of bytes
	 */
	public long size() {
		return this.size;
	}

	/**
	 * Return the largest size that is sent.
	 * @return the number of bytes
	 */
	public long limit() {
		return this.limit;
	}

}
