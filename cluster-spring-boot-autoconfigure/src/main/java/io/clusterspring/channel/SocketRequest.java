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
 * A client's wish to connect, as every transport puts it: Phoenix's {@code params} and
 * {@code connect_info}. Immutable; its text form holds nothing secret.
 *
 * @param path the path the socket is mounted at, without what the transport adds to it:
 * {@code /socket}
 * @param transport the name of the transport, as in Phoenix: {@code websocket} or
 * {@code longpoll}
 * @param parameters the query parameters, decoded; the {@code params} of phoenix.js are
 * among them, and {@code vsn}
 * @param headers the headers of the HTTP request, whatever the case of their names
 * @param user who is authenticated by the HTTP request, or {@code null}
 * @param authToken the {@code authToken} of phoenix.js, as the client typed it, or
 * {@code null}
 * @param remoteAddress where the request came from, or {@code null} if the transport does
 * not know
 */
public record SocketRequest(String path, String transport, Map<String, List<String>> parameters,
		Map<String, List<String>> headers, @Nullable Principal user, @Nullable String authToken,
		@Nullable InetSocketAddress remoteAddress) {

	public SocketRequest {
		parameters = Map.copyOf(parameters);
		Map<String, List<String>> copy = new LinkedCaseInsensitiveMap<>(headers.size());
		copy.putAll(headers);
		headers = Collections.unmodifiableMap(copy);
	}

	/**
	 * Return the value of a query parameter, the first one if there are several.
	 * @param name the name
	 * @return the value, or {@code null}
	 */
	public @Nullable String parameter(String name) {
		return first(this.parameters.get(name));
	}

	/**
	 * Return the value of a header, the first one if there are several.
	 * @param name the name, in whatever case
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
