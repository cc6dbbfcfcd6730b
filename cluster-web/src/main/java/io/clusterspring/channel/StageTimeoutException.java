package io.clusterspring.channel;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Thrown when a stage that a handler returned did not complete in time.
 */
final class StageTimeoutException extends TimeoutException {

	StageTimeoutException(Duration timeout) {
		super("The stage of the handler did not complete within " + timeout.toMillis() + " ms");
	}

}
