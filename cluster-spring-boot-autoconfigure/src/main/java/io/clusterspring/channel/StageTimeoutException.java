package io.clusterspring.channel;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A stage that a handler has returned did not complete in time.
 */
final class StageTimeoutException extends TimeoutException {

	StageTimeoutException(Duration timeout) {
		super("The stage did not complete within " + timeout.toMillis() + " ms");
	}

}
