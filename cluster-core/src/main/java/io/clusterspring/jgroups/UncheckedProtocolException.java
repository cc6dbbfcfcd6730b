package io.clusterspring.jgroups;

/**
 * A protocol of the stack has messages of its own that this node does not know, and so
 * cannot check before the engine reads them.
 */
final class UncheckedProtocolException extends RuntimeException {

	UncheckedProtocolException(String protocol) {
		super("Protocol " + protocol + " has messages that cannot be checked before they are read: leave it out "
				+ "(cluster.cookie and cluster.ssl.bundle stand in for AUTH, SYM_ENCRYPT and ASYM_ENCRYPT, FD_SOCK2 for FD_SOCK)");
	}

}
