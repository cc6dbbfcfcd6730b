package io.clusterspring.channel.websocket;

/**
 * A client does not keep to RFC 6455, or to our limits.
 */
final class WebSocketException extends Exception {

	private final int closeCode;

	WebSocketException(int closeCode, String message) {
		super(message);
		this.closeCode = closeCode;
	}

	int closeCode() {
		return this.closeCode;
	}

}
