package io.clusterspring.channel;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Why a client may not connect. Each reason is counted apart, in the meter
 * {@code cluster.channels.refused}.
 */
public enum SocketRefusal implements SocketAdmission {

	/**
	 * The client is a page of an origin that is not the server's own and not among
	 * {@code cluster.channels.allowed-origins}.
	 */
	ORIGIN(403, null),

	/**
	 * The client speaks a version of the protocol that is not spoken here, or asks for a
	 * socket that is not mounted.
	 */
	VERSION(403, null),

	/**
	 * A {@link SocketAuthorizer} has refused the client, or failed.
	 */
	UNAUTHORIZED(403, null),

	/**
	 * The query of the request cannot be decoded.
	 */
	MALFORMED(400, null),

	/**
	 * More clients than {@code cluster.channels.handshakes-per-second} came at once.
	 */
	RATE(503, Duration.ofSeconds(1)),

	/**
	 * The node has as many sockets as it takes ({@code cluster.channels.max-sockets}).
	 */
	FULL(503, Duration.ofSeconds(1)),

	/**
	 * The node goes down.
	 */
	STOPPING(503, Duration.ofSeconds(1));

	private final int status;

	private final @Nullable Duration retryAfter;

	SocketRefusal(int status, @Nullable Duration retryAfter) {
		this.status = status;
		this.retryAfter = retryAfter;
	}

	/**
	 * Return the HTTP status to tell the client with, without a body.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Return when the client may try again, to tell it in the header of that name.
	 * @return the time from now, or {@code null} if it would be refused again
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
