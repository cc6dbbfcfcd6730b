package io.clusterspring.channel;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedCaseInsensitiveMap;

import io.clusterspring.text.LogText;

/**
 * A client's request to connect, the same for all transports: Phoenix's {@code params}
 * and {@code connect_info}. Immutable; {@link #toString} contains no secrets.
 *
 * @param path the path of the socket, without the suffix of the transport, such as
 * {@code /socket}
 * @param transport the name of the transport, as in Phoenix: {@code websocket} or
 * {@code longpoll}
 * @param parameters the decoded query parameters, including the {@code params} of
 * phoenix.js and {@code vsn}
 * @param headers the headers of the HTTP request; their names are case-insensitive
 * @param user the authenticated user of the HTTP request, or {@code null}
 * @param authToken the {@code authToken} of phoenix.js, decoded, or {@code null}
 * @param remoteAddress the address of the client, or {@code null} if the transport does
 * not know it
 * @param session the HTTP session that the request belongs to, or {@code null} if there
 * is none; a socket never creates one
 */
public record SocketRequest(String path, String transport, Map<String, List<String>> parameters,
		Map<String, List<String>> headers, @Nullable Principal user, @Nullable String authToken,
		@Nullable InetSocketAddress remoteAddress, @Nullable ClientHttpSession session) {

	public SocketRequest {
		parameters = Map.copyOf(parameters);
		Map<String, List<String>> copy = new LinkedCaseInsensitiveMap<>(headers.size());
		copy.putAll(headers);
		headers = Collections.unmodifiableMap(copy);
	}

	/**
	 * Create a request without an HTTP session.
	 * @param path the path of the socket
	 * @param transport the name of the transport
	 * @param parameters the decoded query parameters
	 * @param headers the headers of the HTTP request
	 * @param user the authenticated user, or {@code null}
	 * @param authToken the {@code authToken} of phoenix.js, or {@code null}
	 * @param remoteAddress the address of the client, or {@code null}
	 */
	public SocketRequest(String path, String transport, Map<String, List<String>> parameters,
			Map<String, List<String>> headers, @Nullable Principal user, @Nullable String authToken,
			@Nullable InetSocketAddress remoteAddress) {
		this(path, transport, parameters, headers, user, authToken, remoteAddress, null);
	}

	/**
	 * Return the first value of a query parameter.
	 * @param name the name
	 * @return the value, or {@code null}
	 */
	public @Nullable String parameter(String name) {
		return first(this.parameters.get(name));
	}

	/**
	 * Return the first value of a header.
	 * @param name the name, in any case
	 * @return the value, or {@code null}
	 */
	public @Nullable String header(String name) {
		return first(this.headers.get(name));
	}

	private static @Nullable String first(@Nullable List<String> values) {
		return (values == null || values.isEmpty()) ? null : values.get(0);
	}

	@Override
	public String toString() {
		return this.transport + " request for " + LogText.of(this.path) + " from " + LogText.of(this.remoteAddress);
	}

}
