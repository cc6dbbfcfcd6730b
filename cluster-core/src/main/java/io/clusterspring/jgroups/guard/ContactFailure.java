package io.clusterspring.jgroups.guard;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

import org.jspecify.annotations.Nullable;

import io.clusterspring.UnreachedPlace.Cause;

/**
 * Why there was no connection with one port of one host.
 *
 * @param detail the same for the log
 */
public record ContactFailure(@Nullable Cause cause, String detail) {

	/** There is a connection. */
	public static final ContactFailure NONE = new ContactFailure(null, "");

	/** It is this node that listens there. */
	public static final ContactFailure SELF = new ContactFailure(null, "this node");

	public static ContactFailure of(Throwable failure) {
		if (failure instanceof ConnectionRefusedException refusal) {
			return new ContactFailure(Cause.valueOf(refusal.reason().name()), String.valueOf(refusal.getMessage()));
		}
		if (failure instanceof SilentPeerException) {
			return new ContactFailure(Cause.SILENT,
					"it takes the connection and says nothing: it is frozen, very busy, or no node");
		}
		if (failure instanceof SocketTimeoutException) {
			return timedOut();
		}
		String message = String.valueOf(failure.getMessage());
		if (failure instanceof ConnectException || failure instanceof NoRouteToHostException
				|| message.contains("unreachable")) {
			return notConnected(message);
		}
		if (failure instanceof EOFException || failure instanceof SocketException) {
			return new ContactFailure(Cause.HUNG_UP,
					"it hangs up: it stops, has too many connections, or is no node (" + failure.getMessage() + ")");
		}
		return new ContactFailure(Cause.OTHER, failure.toString());
	}

	private static ContactFailure notConnected(String message) {
		if (message.contains("refused")) {
			return new ContactFailure(Cause.REFUSED, "connection refused: no other node listens there");
		}
		return message.contains("timed out") ? timedOut()
				: new ContactFailure(Cause.UNREACHABLE, "there is no way to it (" + message + ")");
	}

	private static ContactFailure timedOut() {
		return new ContactFailure(Cause.TIMED_OUT,
				"connecting timed out: the host is down, or a firewall drops what is sent to it");
	}

	public ContactFailure by(String detour) {
		return new ContactFailure(this.cause, "the node there is to be found at " + detour
				+ " (its cluster.advertised), but from here: " + this.detail);
	}

	static final class SilentPeerException extends SocketTimeoutException {

		SilentPeerException(SocketTimeoutException cause) {
			super(cause.getMessage());
			initCause(cause);
		}

	}

}
