package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The reason why an application starts on this node, as the start type of Erlang's
 * applications.
 *
 * @param type the type of the start
 * @param from the node it ran on before, {@code null} for {@link Type#NORMAL}
 * @param token the fencing token, which grows with every start on any node. A store that
 * remembers the greatest token, and refuses requests with a smaller one, is safe from an
 * old owner that does not know yet that it has lost the application. The token fits into
 * 53 bits.
 */
public record StartReason(Type type, @Nullable Node from, long token) {

	@Override
	public String toString() {
		return this.type + ((this.from != null) ? " from " + this.from : "") + ", token " + this.token;
	}

	/** The types of starts. */
	public enum Type {

		/** The application ran on no known node before, or on this one. */
		NORMAL,

		/** The previous node has gone, or is leaving. */
		FAILOVER,

		/** The previous node has stopped it in favour of this one. */
		TAKEOVER

	}

}
