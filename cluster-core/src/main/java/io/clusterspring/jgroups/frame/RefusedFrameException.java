package io.clusterspring.jgroups.frame;

import io.clusterspring.FrameRefusal;

/**
 * A frame is not to be read. A process that sends such frames sends many, so there is no
 * stack trace.
 */
final class RefusedFrameException extends Exception {

	private final FrameRefusal reason;

	RefusedFrameException(FrameRefusal reason, String detail) {
		super(detail, null, false, false);
		this.reason = reason;
	}

	FrameRefusal reason() {
		return this.reason;
	}

}
