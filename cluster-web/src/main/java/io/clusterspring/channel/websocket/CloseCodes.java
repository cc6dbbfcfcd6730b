package io.clusterspring.channel.websocket;

/**
 * Close codes of RFC 6455, section 7.4.1.
 */
final class CloseCodes {

	static final int NORMAL = 1000;

	static final int PROTOCOL_ERROR = 1002;

	static final int INVALID_TEXT = 1007;

	static final int TOO_BIG = 1009;

	private CloseCodes() {
	}

}
