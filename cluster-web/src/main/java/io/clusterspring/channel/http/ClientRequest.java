package io.clusterspring.channel.http;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

import io.clusterspring.channel.ClientHttpSession;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.text.Utf8;

/**
 * Reads the HTTP request of a client that wants to connect.
 */
public final class ClientRequest {

	// a proxy may forward a host name, which must not be looked up
	private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%\\w]*]?");

	private final HttpServletRequest http;

	private final String transport;

	private final Map<String, List<String>> parameters;

	/**
	 * Read a request.
	 * @param transport the name of the transport, which is also the last part of the path
	 * @throws MalformedQueryException if the query cannot be decoded
	 */
	public ClientRequest(HttpServletRequest http, String transport) {
		this.http = http;
		this.transport = transport;
		this.parameters = QueryParameters.parse(http.getQueryString());
	}

	/**
	 * Return the first value of a header, or else of a query parameter.
	 * @param header the name of the header
	 * @param parameter the name of the parameter
	 */
	public @Nullable String headerOrParameter(String header, String parameter) {
		String value = this.http.getHeader(header);
		List<String> values = this.parameters.getOrDefault(parameter, List.of());
		return (value != null || values.isEmpty()) ? value : values.get(0);
	}

	/**
	 * Return the request in the form for the
	 * {@link io.clusterspring.channel.server.ChannelServer}.
	 * @param authToken the {@code authToken} of phoenix.js, or {@code null}
	 */
	public SocketRequest toSocketRequest(@Nullable String authToken) {
		Map<String, List<String>> headers = new HashMap<>();
		for (String name : Collections.list(this.http.getHeaderNames())) {
			headers.put(name, Collections.list(this.http.getHeaders(name)));
		}
		return new SocketRequest(path(), this.transport, this.parameters, headers, this.http.getUserPrincipal(),
				authToken, address(), session());
	}

	private @Nullable ClientHttpSession session() {
		HttpSession session = this.http.getSession(false);
		if (session == null) {
			return null;
		}
		try {
			Map<String, Object> attributes = new HashMap<>();
			for (String name : Collections.list(session.getAttributeNames())) {
				Object value = session.getAttribute(name);
				if (value != null) {
					attributes.put(name, value);
				}
			}
			return new ClientHttpSession(session.getId(), attributes);
		}
		catch (IllegalStateException ex) {
			// it was invalidated in the meantime
			return null;
		}
	}

	// the pattern gives the path, so that an extra slash is not part of it
	private String path() {
		String pattern = String.valueOf(this.http.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
		String path = pattern.endsWith(this.transport)
				? pattern.substring(0, pattern.length() - this.transport.length()) : pattern;
		while (path.endsWith("/")) {
			path = path.substring(0, path.length() - 1);
		}
		return path;
	}

	private InetSocketAddress address() {
		String host = this.http.getRemoteAddr();
		int port = this.http.getRemotePort();
		return ADDRESS.matcher(host).matches() ? new InetSocketAddress(host, port)
				: InetSocketAddress.createUnresolved(host, port);
	}

	/**
	 * Decodes the parameters of a query strictly: an invalid escape or invalid UTF-8 is
	 * an error and is not replaced. Plug, which Phoenix uses, does the same. The servlet
	 * API is not used, because it would also read parameters from the body.
	 */
	static final class QueryParameters {

		private QueryParameters() {
		}

		/**
		 * Decode a query.
		 * @param query the encoded query, or {@code null}
		 * @return the values by name, in the order of the query
		 * @throws MalformedQueryException if it cannot be decoded
		 */
		static Map<String, List<String>> parse(@Nullable String query) {
			Map<String, List<String>> parameters = new LinkedHashMap<>();
			if (query != null) {
				for (String pair : query.split("&")) {
					String[] parts = pair.split("=", 2);
					if (!pair.isEmpty()) {
						parameters.computeIfAbsent(decode(parts[0]), (name) -> new ArrayList<>(1))
							.add((parts.length > 1) ? decode(parts[1]) : "");
					}
				}
			}
			return parameters;
		}

		private static String decode(String text) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
			for (int i = 0; i < text.length(); i++) {
				char next = text.charAt(i);
				if (next == '%') {
					bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
					i += 2;
				}
				else if (next >= 0x80) {
					throw new MalformedQueryException();
				}
				else {
					bytes.write((next == '+') ? ' ' : next);
				}
			}
			try {
				return Utf8.decode(bytes.toByteArray());
			}
			catch (IllegalArgumentException ex) {
				throw new MalformedQueryException();
			}
		}

		private static int hex(String text, int index) {
			if (index >= text.length() || !HexFormat.isHexDigit(text.charAt(index))) {
				throw new MalformedQueryException();
			}
			return HexFormat.fromHexDigit(text.charAt(index));
		}

	}

}
