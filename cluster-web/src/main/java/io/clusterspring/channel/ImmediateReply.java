package io.clusterspring.channel;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is known at once.
 *
 * @param kind the kind of reply
 * @param response the response
 */
public record ImmediateReply(Kind kind, @Nullable Object response) implements Reply {

	/**
	 * The kinds of replies. Their names in lower case are the statuses of Phoenix.
	 */
	public enum Kind {

		/** The message was handled. */
		OK,
		/** The message was refused. */
		ERROR,
		/** The handler does not reply. */
		NONE

	}

}
