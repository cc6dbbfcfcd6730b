package io.clusterspring.http.publish;

import java.util.Locale;

/**
 * The fate of a request to publish, for meters.
 */
public enum PublishOutcome {

	/** Its messages were published. */
	PUBLISHED,

	/** It was handled before, and got the same answer. */
	REPEATED,

	/** Its idempotency key was in use, or was used with another body. */
	CONFLICT,

	/** It cannot be read, or asks for what is not possible. */
	MALFORMED,

	/** Its body, or a payload in it, is too large. */
	TOO_LARGE,

	/** An authorizer has refused it. */
	UNAUTHORIZED,

	/** This node stops, or is out of the cluster. */
	UNAVAILABLE,

	/** The node has failed to publish. */
	FAILED;

	/**
	 * Return the value of the tag of meters.
	 * @return the name in lower case
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
