package io.clusterspring.expiry;

import java.security.Principal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Combines all beans of type {@link UserExpiry}: the earliest moment counts.
 *
 * @param all the beans
 */
public record UserExpiries(List<UserExpiry> all) {

	/** The authentication of no user ends. */
	public static final UserExpiries NONE = new UserExpiries(List.of());

	public UserExpiries {
		all = List.copyOf(all);
	}

	/**
	 * Return until when a user is authenticated.
	 * @param user the user, or {@code null} for a client without one
	 * @return the moment at which the authentication ends, or {@code null} if it does not
	 * end by itself
	 */
	public @Nullable Instant expiresAt(@Nullable Principal user) {
		Instant earliest = null;
		if (user != null) {
			for (UserExpiry expiry : this.all) {
				earliest = earliest(earliest, expiry.expiresAt(user));
			}
		}
		return earliest;
	}

	/**
	 * Return the earlier of two moments.
	 * @param one a moment, or {@code null} for never
	 * @param other another one, or {@code null} for never
	 * @return the earlier one, or {@code null} if both are never
	 */
	public static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isBefore(other) ? one : other;
	}

}
