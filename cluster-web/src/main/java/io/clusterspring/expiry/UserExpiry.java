package io.clusterspring.expiry;

import java.security.Principal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Reads from a user until when its authentication is valid. The connections of the user
 * end at that moment. With Spring Security's resource server there is a bean that reads
 * the expiry of bearer tokens; a bean of the application takes its place. Of several
 * beans the earliest moment counts.
 */
@FunctionalInterface
public interface UserExpiry {

	/**
	 * Return until when a user is authenticated. It is called when the user connects, and
	 * may be called on any thread, so it must not block.
	 * @param user the user
	 * @return the moment at which the authentication ends, or {@code null} if it does not
	 * end by itself
	 */
	@Nullable Instant expiresAt(Principal user);

}
