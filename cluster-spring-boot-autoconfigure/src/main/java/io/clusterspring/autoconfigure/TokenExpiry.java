package io.clusterspring.autoconfigure;

import java.security.Principal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

import io.clusterspring.expiry.UserExpiry;

/**
 * Reads the expiry of the bearer token by which Spring Security's resource server has
 * authenticated a user: the {@code exp} of a JWT, or that of an introspected token. The
 * tokens of a user who has logged in have no say, because the session outlives them.
 */
final class TokenExpiry implements UserExpiry {

	@Override
	public @Nullable Instant expiresAt(Principal user) {
		return (user instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer) ? bearer.getToken().getExpiresAt()
				: null;
	}

}
