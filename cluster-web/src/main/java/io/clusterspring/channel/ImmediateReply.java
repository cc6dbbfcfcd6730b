package io.clusterspring.channel;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is known at once.
 *
 * @param status the status, or {@code null} if nothing is sent
 * @param response the response
 */
public record ImmediateReply(@Nullable String status, @Nullable Object response) implements Reply {

	/** The status of a message that was handled. */
	public static final String OK = "ok";

	/** The status of a message that was refused. */
	public static final String ERROR = "error";

	/**
	 * Return whether the status decides a join.
	 * @return {@code false} if it is neither {@code ok} nor {@code error}
	 */
	public boolean isDecision() {
		return OK.equals(this.status) || ERROR.equals(this.status);
	}

}
