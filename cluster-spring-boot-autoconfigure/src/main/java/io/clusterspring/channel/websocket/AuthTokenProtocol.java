package io.clusterspring.channel.websocket;

import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;

/**
 * The {@code authToken} of phoenix.js, which travels as one of the subprotocols a client
 * offers, because a browser lets a page set no other header of a handshake. A browser
 * also wants one of them chosen: that is {@code phoenix}, which stands beside it.
 */
final class AuthTokenProtocol {

	private static final String PREFIX = "base64url.bearer.phx.";

	private static final String PHOENIX = "phoenix";

	private AuthTokenProtocol() {
	}

	/**
	 * Return the token.
	 * @param offered the subprotocols the client offers
	 * @return the token, or {@code null} if there is none that can be read
	 */
	static @Nullable String token(List<String> offered) {
		for (String protocol : offered) {
			if (protocol.startsWith(PREFIX)) {
				return decode(protocol.substring(PREFIX.length()));
			}
		}
		return null;
	}

	/**
	 * Return the subprotocol to choose.
	 * @param offered the subprotocols the client offers
	 * @return the subprotocol; {@code null} if no token is among them, as in Phoenix
	 */
	static @Nullable String choose(List<String> offered) {
		return (offered.contains(PHOENIX) && offered.stream().anyMatch((protocol) -> protocol.startsWith(PREFIX)))
				? PHOENIX : null;
	}

	private static @Nullable String decode(String encoded) {
		try {
			// phoenix.js has the plain alphabet in spite of the name, others take it by
			// its word
			byte[] token = Base64.getUrlDecoder().decode(encoded.replace('+', '-').replace('/', '_'));
			return Utf8.decode(token);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
