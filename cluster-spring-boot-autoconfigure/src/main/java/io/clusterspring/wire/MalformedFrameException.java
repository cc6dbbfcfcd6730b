package io.clusterspring.wire;

/**
 * A frame of another node is not what its kind says. Nothing of it was used.
 */
public class MalformedFrameException extends IllegalArgumentException {

	/**
	 * Create an exception.
	 * @param message says what is wrong, and never contains what came in the frame
	 */
	public MalformedFrameException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message says what is wrong, and never contains what came in the frame
	 * @param cause how it was found
	 */
	public MalformedFrameException(String message, Throwable cause) {
		super(message, cause);
	}

}
