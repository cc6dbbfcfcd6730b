package io.clusterspring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

import io.clusterspring.expiry.UserExpiry;

/**
 * Says until when a user may be connected, to channels and STOMP.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(AbstractOAuth2TokenAuthenticationToken.class)
class ExpiryConfiguration {

	@Bean
	@ConditionalOnMissingBean(UserExpiry.class)
	TokenExpiry clusterTokenExpiry() {
		return new TokenExpiry();
	}

}
