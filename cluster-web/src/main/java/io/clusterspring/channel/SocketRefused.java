package io.clusterspring.channel;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The HTTP response to a client that an authorizer has refused.
 *
 * @param status the status
 * @param retryAfter the time after which the client may try again, or {@code null} if
 * nothing is said about that
 */
public record SocketRefused(int status, @Nullable Duration retryAfter) implements SocketAuthorizers.Verdict {

	static final SocketRefused FORBIDDEN = new SocketRefused(403, null);

	public SocketRefused {
		Assert.isTrue(status >= 400 && status <= 599, () -> "A client is refused with 400 to 599, not with " + status);
		Assert.isTrue(retryAfter == null || !retryAfter.isNegative(), "The time to try again must not be negative");
	}

	/**
	 * Return whether the application has chosen nothing.
	 * @return {@code true} for a plain 403
	 */
	public boolean isDefault() {
		return equals(FORBIDDEN);
	}

}
