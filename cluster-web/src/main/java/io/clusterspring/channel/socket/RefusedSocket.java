package io.clusterspring.channel.socket;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A client that may not connect.
 */
public sealed interface RefusedSocket extends SocketAdmission permits SocketRefusal, UnauthorizedSocket {

	/**
	 * Return the reason, for meters.
	 * @return the reason
	 */
	SocketRefusal reason();

	/**
	 * Return the HTTP status of the response, which has no body.
	 * @return the status
	 */
	int status();

	/**
	 * Return the time after which the client may try again, for the header
	 * {@code Retry-After}.
	 * @return the time from now, or {@code null} if nothing is said about that
	 */
	@Nullable Duration retryAfter();

	/**
	 * Return the value of the header {@code Retry-After}.
	 * @return the time in whole seconds, rounded up, or {@code null}
	 */
	default @Nullable String retryAfterSeconds() {
		Duration time = retryAfter();
		return (time != null) ? Long.toString(time.plusSeconds(1).minusNanos(1).toSeconds()) : null;
	}

}
