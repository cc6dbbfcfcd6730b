package io.clusterspring.channel.longpoll;

import java.io.IOException;
import java.io.InputStream;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.http.ClientRequest;
import io.clusterspring.channel.http.MalformedQueryException;

/**
 * Reads a client's HTTP request.
 */
final class LongPollRequest {

	// in bytes; as much as Tomcat swallows of what nobody reads
	private static final int READ_IN_VAIN = 2 * 1024 * 1024;

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
	 * Return the token: phoenix.js has it in a header since 1.8.17, in the query before.
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
	 * Read the body.
	 * @param limit how many bytes it may have
	 * @return the body, or {@code null} if it has more
	 * @throws IOException if it does not come
	 */
	@Nullable PollBody body(int limit) throws IOException {
		InputStream in = this.http.getInputStream();
		boolean more = this.http.getContentLengthLong() > limit;
		byte[] bytes = more ? new byte[0] : in.readNBytes(limit);
		if (more || (bytes.length == limit && in.read() >= 0)) {
			// a client that still writes does not hear the answer of one who hangs up
			in.skip(READ_IN_VAIN);
			return null;
		}
		return new PollBody(bytes, PollBody.hasLines(this.http.getContentType()));
	}

}
