package io.clusterspring.revocation;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Where a socket comes from: when the request of its client has arrived, and the HTTP
 * session of that request. Immutable; {@link #toString} contains no secrets.
 */
public final class SocketOrigin {

	private final long arrivedAt;

	private final @Nullable Session session;

	private SocketOrigin(long arrivedAt, @Nullable Session session) {
		this.arrivedAt = arrivedAt;
		this.session = session;
	}

	/**
	 * Return the origin of a client whose request arrives now, without an HTTP session.
	 * @return the origin
	 */
	public static SocketOrigin now() {
		return at(System.nanoTime());
	}

	static SocketOrigin at(long arrivedAt) {
		return new SocketOrigin(arrivedAt, null);
	}

	/**
	 * Return this origin within an HTTP session that is there.
	 * @param id the id of the session
	 * @param left the time until the session expires unless it is used, or {@code null}
	 * if it does not
	 * @return the origin
	 */
	SocketOrigin in(String id, @Nullable Duration left) {
		return new SocketOrigin(this.arrivedAt, new Session(SessionHash.of(id), id, true, left));
	}

	/**
	 * Return this origin with the id of a session that a client has sent, but that is not
	 * there. It may have ended after the client was authenticated by it.
	 * @param id the id
	 * @return the origin
	 */
	SocketOrigin after(String id) {
		return new SocketOrigin(this.arrivedAt, new Session(SessionHash.of(id), id, false, null));
	}

	// tests give a name in place of a hash
	SocketOrigin session(String hash) {
		return new SocketOrigin(this.arrivedAt, new Session(hash, hash, true, null));
	}

	long arrivedAt() {
		return this.arrivedAt;
	}

	@Nullable Session session() {
		return this.session;
	}

	@Override
	public String toString() {
		return "socket of " + this.session;
	}

	/**
	 * The HTTP session of a request.
	 *
	 * @param hash its name for other nodes
	 * @param id its id, which never leaves this node
	 * @param present whether it was there when the socket was opened
	 * @param left the time until it expires, {@code null} if it does not or is not there
	 */
	record Session(String hash, String id, boolean present, @Nullable Duration left) {

		@Override
		public String toString() {
			return "session " + this.hash;
		}

	}

}
