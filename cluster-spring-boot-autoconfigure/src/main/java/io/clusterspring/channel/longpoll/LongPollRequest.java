package io.clusterspring.channel.longpoll;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;

import io.clusterspring.channel.SocketRequest;

/**
 * Reads a client's HTTP request.
 *
 * @param http the request
 */
record LongPollRequest(HttpServletRequest http) {

	// in bytes; as much as Tomcat swallows of what nobody reads
	private static final int READ_IN_VAIN = 2 * 1024 * 1024;

	private static final String SUFFIX = "/longpoll";

	private static final String TOKEN_HEADER = "x-phoenix-longpoll-token";

	private static final String AUTH_TOKEN_HEADER = "x-phoenix-authtoken";

	/**
	 * Return the token: phoenix.js has it in a header since 1.8.17, in the query before.
	 * @return the token, or {@code null}
	 */
	@Nullable LongPollToken token() {
		String header = this.http.getHeader(TOKEN_HEADER);
		return LongPollToken.parse((header != null) ? header : query("token"));
	}

	// not by way of the request's parameters, which may be looked for in the body
	private @Nullable String query(String name) {
		String query = this.http.getQueryString();
		return (query != null) ? UriComponentsBuilder.newInstance().query(query).build().getQueryParams().getFirst(name)
				: null;
	}

	SocketRequest toSocketRequest() {
		Map<String, List<String>> parameters = new HashMap<>();
		this.http.getParameterMap().forEach((name, values) -> parameters.put(name, Arrays.asList(values)));
		Map<String, List<String>> headers = new HashMap<>();
		for (String name : Collections.list(this.http.getHeaderNames())) {
			headers.put(name, Collections.list(this.http.getHeaders(name)));
		}
		return new SocketRequest(path(), "longpoll", parameters, headers, this.http.getUserPrincipal(),
				this.http.getHeader(AUTH_TOKEN_HEADER),
				new InetSocketAddress(this.http.getRemoteAddr(), this.http.getRemotePort()));
	}

	private String path() {
		String pattern = String.valueOf(this.http.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
		return pattern.endsWith(SUFFIX) ? pattern.substring(0, pattern.length() - SUFFIX.length()) : pattern;
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
