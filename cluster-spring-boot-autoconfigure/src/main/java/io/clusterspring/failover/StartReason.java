package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Why an application starts on this node, as the start type of Erlang's applications.
 *
 * @param type why
 * @param from the node it ran on before, {@code null} for {@link Type#NORMAL}
 * @param token the fencing token: greater with every start, whatever the node. A store
 * that remembers the greatest one it has seen, and refuses what comes with a smaller one,
 * is safe from an owner that does not know yet that it is none any more. It fits into 53
 * bits.
 */
public record StartReason(Type type, @Nullable Node from, long token) {

	@Override
	public String toString() {
		return this.type + ((this.from != null) ? " from " + this.from : "") + ", token " + this.token;
	}

	/**
	 * The kinds of reasons.
	 */
	public enum Type {

		/** It has run nowhere, as far as is known, or here. */
		NORMAL,

		/** The node it ran on is gone, or is about to go. */
		FAILOVER,

		/** The node it ran on has stopped it in favour of this one. */
		TAKEOVER

	}

}
