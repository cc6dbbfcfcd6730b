package io.clusterspring.channel;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A client that may not connect.
 *
 * @param status the HTTP status to tell it with, without a body
 * @param retryAfter when it may try again, if at all, to tell it in the header of that
 * name
 */
public record RefusedSocket(int status, @Nullable Duration retryAfter) implements SocketAdmission {

	static final RefusedSocket FORBIDDEN = new RefusedSocket(403, null);

	static final RefusedSocket UNAVAILABLE = new RefusedSocket(503, Duration.ofSeconds(1));

}
