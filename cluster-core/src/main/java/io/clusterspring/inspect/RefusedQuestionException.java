package io.clusterspring.inspect;

/**
 * Thrown when a node cannot answer or act, for a reason that operators are told.
 */
public final class RefusedQuestionException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param reason the reason, as it is shown after the name of the node
	 */
	public RefusedQuestionException(String reason) {
		super(reason);
	}

	RefusedQuestionException(IllegalArgumentException cause) {
		super(cause.getMessage(), cause);
	}

}
