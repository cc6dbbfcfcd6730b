package io.clusterspring.channel;

/**
 * A client has sent what its channel does not know, such as an event that has no method.
 * As in Phoenix, the channel crashes: the client gets {@code phx_error} and may join
 * again. Because a client can do that as often as it likes, it costs one line in the log,
 * a warning, and no stack trace. A {@link ChannelHandler} may throw it, too.
 */
public class UnexpectedMessageException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message why nothing can be done with the client's message; topic, event and
	 * socket are in the log anyway
	 */
	public UnexpectedMessageException(String message) {
		super(message, null, false, false);
	}

}
