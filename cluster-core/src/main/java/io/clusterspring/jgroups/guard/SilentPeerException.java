package io.clusterspring.jgroups.guard;

import java.net.SocketTimeoutException;

/**
 * The other end has taken the connection, and then not said in time what a node says.
 */
final class SilentPeerException extends SocketTimeoutException {

	SilentPeerException(SocketTimeoutException cause) {
		super(cause.getMessage());
		initCause(cause);
	}

}
