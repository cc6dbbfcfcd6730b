package io.clusterspring.channel.socket;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketAuthorizer;

/**
 * The reason why a client may not connect. Each reason has its own count in the meter
 * {@code cluster.channels.refused}.
 */
public enum SocketRefusal implements RefusedSocket {

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

	/**
	 * A {@link SocketAuthorizer} has failed or refused the client, with this status or
	 * another one.
	 */
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

	@Override
	public SocketRefusal reason() {
		return this;
	}

	@Override
	public int status() {
		return this.status;
	}

	@Override
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
