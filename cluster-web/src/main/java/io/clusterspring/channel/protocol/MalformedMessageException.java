package io.clusterspring.channel.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when data from a client is not a message of the protocol. As in Phoenix, the
 * socket is closed.
 */
public class MalformedMessageException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message the mistake in the data
	 */
	public MalformedMessageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
