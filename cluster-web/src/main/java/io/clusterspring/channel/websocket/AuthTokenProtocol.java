package io.clusterspring.channel.websocket;

import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;

/**
 * Reads the {@code authToken} of phoenix.js. The client sends it as one of the WebSocket
 * subprotocols, because a page in a browser can set no other header of a handshake. A
 * browser requires that the server chooses a subprotocol; that is {@code phoenix}, which
 * the client offers as well.
 */
final class AuthTokenProtocol {

	private static final String PREFIX = "base64url.bearer.phx.";

	private static final String PHOENIX = "phoenix";

	private AuthTokenProtocol() {
	}

	/**
	 * Return the token.
	 * @param offered the subprotocols the client offers
	 * @return the token, or {@code null} if there is no valid one
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
			// phoenix.js uses the plain alphabet despite the name; other clients use the
			// URL alphabet
			byte[] token = Base64.getUrlDecoder().decode(encoded.replace('+', '-').replace('/', '_'));
			return Utf8.decode(token);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
