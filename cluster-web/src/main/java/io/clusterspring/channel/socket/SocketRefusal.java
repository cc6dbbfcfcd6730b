package io.clusterspring.channel.socket;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketAuthorizer;

/**
 * The reason why a client may not connect. Each reason has its own count in the meter
 * {@code cluster.channels.refused}.
 */
public enum SocketRefusal implements SocketAdmission {

	/**
	 * The client is a page of an origin that is neither the origin of the server nor in
	 * {@code cluster.channels.allowed-origins}.
	 */
	ORIGIN(403, null),

	/**
	 * The client speaks an unsupported version of the protocol, or asks for a socket that
	 * is not mounted.
	 */
	VERSION(403, null),

	/** A {@link SocketAuthorizer} has refused the client or failed. */
	UNAUTHORIZED(403, null),

	/** The moment until which the client may be connected is over. */
	EXPIRED(403, null),

	/** The query of the request cannot be decoded. */
	MALFORMED(400, null),

	/**
	 * More clients connected in a second than
	 * {@code cluster.channels.handshakes-per-second} allows.
	 */
	RATE(503, Duration.ofSeconds(1)),

	/**
	 * The node has the maximum number of sockets ({@code cluster.channels.max-sockets}).
	 */
	FULL(503, Duration.ofSeconds(1)),

	/** The node is stopping. */
	STOPPING(503, Duration.ofSeconds(1));

	private final int status;

	private final @Nullable Duration retryAfter;

	SocketRefusal(int status, @Nullable Duration retryAfter) {
		this.status = status;
		this.retryAfter = retryAfter;
	}

	/** Return the HTTP status of the response, which has no body. */
	public int status() {
		return this.status;
	}

	/**
	 * Return the time after which the client may try again, for the header
	 * {@code Retry-After}.
	 * @return the time from now, or {@code null} if a new attempt would be refused again
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * Return the reason as the value of a meter's tag.
	 * @return the reason in lower case
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
