package io.clusterspring.channel.socket;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketRefused;

/**
 * A client that an authorizer has refused with a response of its own.
 *
 * @param response the response
 */
public record UnauthorizedSocket(SocketRefused response) implements RefusedSocket {

	@Override
	public SocketRefusal reason() {
		return SocketRefusal.UNAUTHORIZED;
	}

	@Override
	public int status() {
		return this.response.status();
	}

	@Override
	public @Nullable Duration retryAfter() {
		return this.response.retryAfter();
	}

}
