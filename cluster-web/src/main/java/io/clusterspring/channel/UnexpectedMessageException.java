package io.clusterspring.channel;

/**
 * Thrown when a client sends a message that its channel does not handle, such as an event
 * without a method. A {@link ChannelHandler} may throw it, too. As in Phoenix, the
 * channel crashes: the client gets {@code phx_error} and may join again. Because a client
 * can cause this as often as it likes, the log gets one warning without a stack trace.
 */
public class UnexpectedMessageException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message why the client's message cannot be handled; the log adds topic,
	 * event and socket
	 */
	public UnexpectedMessageException(String message) {
		super(message, null, false, false);
	}

}
