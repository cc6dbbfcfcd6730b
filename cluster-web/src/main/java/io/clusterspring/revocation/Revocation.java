package io.clusterspring.revocation;

import org.jspecify.annotations.Nullable;

/**
 * Ends the right to sockets.
 *
 * @param key names the sockets
 * @param effect which of the sockets with that name are closed
 * @param at when it happened, on the clock of {@link System#nanoTime()} of this node
 * @param next with {@link Effect#RENAME} the new name
 */
record Revocation(RevocationKey key, Effect effect, long at, @Nullable String next) {

	static Revocation earlier(RevocationKey key, long at) {
		return new Revocation(key, Effect.EARLIER, at, null);
	}

	static Revocation ended(String hash, long at) {
		return new Revocation(RevocationKey.session(hash), Effect.ENDED, at, null);
	}

	static Revocation renamed(String from, String to, long at) {
		return new Revocation(RevocationKey.session(from), Effect.RENAME, at, to);
	}

	// it has no name, because it is about all keys
	static Revocation all(long until) {
		return new Revocation(RevocationKey.session(""), Effect.ALL, until, null);
	}

	static Revocation asked(long since) {
		return new Revocation(RevocationKey.session(""), Effect.ASKED, since, null);
	}

	/**
	 * Return whether a socket with the key is closed.
	 * @param origin the origin of the socket
	 * @return whether the socket has lost its right
	 */
	boolean covers(SocketOrigin origin) {
		return switch (this.effect) {
			case EARLIER, ALL -> origin.arrivedAt() - this.at <= 0;
			// the id of a session that has ended is not used again; but a client may go
			// on sending it, and is a stranger then
			case ENDED -> (origin.session() != null && origin.session().present()) || origin.arrivedAt() - this.at <= 0;
			case RENAME, ASKED -> false;
		};
	}

	/**
	 * Which sockets are closed. The order is that of the wire.
	 */
	enum Effect {

		/** Those of requests that arrived before. */
		EARLIER,

		/** All sockets of an HTTP session that has ended. */
		ENDED,

		/** None: an HTTP session goes on under another id. */
		RENAME,

		/**
		 * Those of requests that arrived before, whatever their keys are: the sender has
		 * forgotten which ones it has revoked.
		 */
		ALL,

		/** None: the sender asks for what was revoked since. */
		ASKED

	}

}
