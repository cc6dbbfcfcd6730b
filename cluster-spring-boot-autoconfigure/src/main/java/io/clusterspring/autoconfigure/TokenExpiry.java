package io.clusterspring.autoconfigure;

import java.security.Principal;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;

import io.clusterspring.expiry.UserExpiry;

/**
 * Reads the expiry of the bearer token by which Spring Security's resource server has
 * authenticated a user: the {@code exp} of a JWT, or that of an introspected token. A
 * converter of the application may have put it into an {@code Authentication} of its own,
 * as principal or credentials. The tokens of a user who has logged in have no say,
 * because the session outlives them.
 */
final class TokenExpiry implements UserExpiry {

	@Override
	public @Nullable Instant expiresAt(Principal user) {
		if (!(user instanceof Authentication authentication)) {
			return null;
		}
		// AbstractOAuth2TokenAuthenticationToken has it as both
		return Stream.of(authentication.getCredentials(), authentication.getPrincipal())
			.filter(OAuth2Token.class::isInstance)
			.map((token) -> ((OAuth2Token) token).getExpiresAt())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

}
