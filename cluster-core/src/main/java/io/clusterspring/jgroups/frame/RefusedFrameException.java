package io.clusterspring.jgroups.frame;

import io.clusterspring.FrameRefusal;

/**
 * What came is not to be read. Whoever sends such things sends many, so there is no stack
 * trace.
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
