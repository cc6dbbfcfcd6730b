package io.clusterspring.wire;

/**
 * A frame of another node is of its kind, but of a sort that this node does not know: the
 * node that sent it may be of a later release. Nothing of it was used.
 */
public class UnknownFrameException extends MalformedFrameException {

	/**
	 * Create an exception.
	 * @param message says what is unknown, and never contains what came in the frame
	 */
	public UnknownFrameException(String message) {
		super(message);
	}

}
