package io.clusterspring;

/**
 * Thrown when a payload is larger than {@code cluster.max-payload-size}. It was delivered
 * to nobody, on this node or another.
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
		super("A payload of " + size + " bytes is too large: cluster.max-payload-size is " + limit
				+ " bytes. Send it in pieces, or send a link to it, or raise the property on all nodes; their heaps must have at least four times that size");
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
