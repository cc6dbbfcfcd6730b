package io.clusterspring.wire;

/**
 * Thrown when a frame of another node is not valid for its kind. No part of the frame is
 * used.
 */
public class MalformedFrameException extends IllegalArgumentException {

	/**
	 * Create an exception.
	 * @param message the error, without any content of the frame
	 */
	public MalformedFrameException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message the error, without any content of the frame
	 */
	public MalformedFrameException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Thrown when a frame of a known kind is of a sort that this node does not know. The
	 * sender may be of a later release. No part of the frame is used.
	 */
	public static class UnknownFrameException extends MalformedFrameException {

		/**
		 * Create an exception.
		 * @param message the unknown sort, without any content of the frame
		 */
		public UnknownFrameException(String message) {
			super(message);
		}

	}

}
