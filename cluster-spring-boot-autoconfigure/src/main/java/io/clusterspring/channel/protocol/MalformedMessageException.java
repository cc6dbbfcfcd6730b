package io.clusterspring.channel.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a client has sent is not a message. As in Phoenix, the socket does not survive it.
 */
public class MalformedMessageException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message what is wrong
	 * @param cause why, if it is known
	 */
	public MalformedMessageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
