package io.clusterspring.channel.longpoll;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.http.ClientRequest;
import io.clusterspring.channel.http.MalformedQueryException;

/**
 * Reads a client's HTTP request.
 */
final class LongPollRequest {

	private static final String TOKEN_HEADER = "x-phoenix-longpoll-token";

	private static final String AUTH_TOKEN_HEADER = "x-phoenix-authtoken";

	private final HttpServletRequest http;

	private final ClientRequest client;

	/**
	 * Read a request.
	 * @param http the request
	 * @throws MalformedQueryException if its query cannot be decoded
	 */
	LongPollRequest(HttpServletRequest http) {
		this.http = http;
		this.client = new ClientRequest(http, "longpoll");
	}

	HttpServletRequest http() {
		return this.http;
	}

	/**
	 * Return the token. phoenix.js sends it in a header since 1.8.17, and in the query
	 * before.
	 * @return the token, or {@code null}
	 */
	@Nullable LongPollToken token() {
		String header = this.http.getHeader(TOKEN_HEADER);
		return LongPollToken.parse((header != null) ? header : this.client.parameter("token"));
	}

	SocketRequest toSocketRequest() {
		return this.client.toSocketRequest(this.http.getHeader(AUTH_TOKEN_HEADER));
	}

	/**
	 * Return whether each line of the body is a message.
	 * @return {@code true} if it is, {@code false} if the body is one message
	 */
	boolean hasLines() {
		return PollBody.hasLines(this.http.getContentType());
	}

}
