package io.clusterspring.samples.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The payload with which a client enters a room.
 *
 * @param user the name of the user, {@code null} if none was given
 */
record JoinRoom(@JsonProperty("user") @Nullable String user) {

	private static final int LONGEST_NAME = 40;

	/**
	 * Return the name to show, which is {@code anonymous} if none was given.
	 */
	String displayName() {
		if (this.user == null || !StringUtils.hasText(this.user)) {
			return "anonymous";
		}
		String name = this.user.strip();
		int length = Math.min(LONGEST_NAME, name.codePointCount(0, name.length()));
		return name.substring(0, name.offsetByCodePoints(0, length));
	}

}
