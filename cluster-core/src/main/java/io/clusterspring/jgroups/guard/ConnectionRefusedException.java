package io.clusterspring.jgroups.guard;

import java.net.ConnectException;

import io.clusterspring.RefusedPeer.Reason;

/**
 * The two ends of a connection are not in one cluster. For who looks for nodes it means
 * what a refused TCP connection means: nobody of ours is there.
 */
final class ConnectionRefusedException extends ConnectException {

	private final Reason reason;

	ConnectionRefusedException(Reason reason, String detail) {
		super(detail);
		this.reason = reason;
	}

	Reason reason() {
		return this.reason;
	}

}
