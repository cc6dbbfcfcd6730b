package io.clusterspring.channel.websocket;

/**
 * Thrown when a client violates RFC 6455 or exceeds a limit.
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
