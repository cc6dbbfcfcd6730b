package io.clusterspring.autoconfigure;

import java.util.function.Predicate;

import jakarta.servlet.http.HttpSessionListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.session.SessionRepository;

import io.clusterspring.revocation.HttpSessionEvents;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.revocation.SessionWatch;

/**
 * Closes the sockets of HTTP sessions that end: of the container's, of Spring Security's
 * and of Spring Session's.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ HttpSessionListener.class, ServletListenerRegistrationBean.class })
@ConditionalOnBooleanProperty(name = "cluster.sessions.close-sockets", matchIfMissing = true)
class HttpSessionConfiguration {

	@Bean
	ServletListenerRegistrationBean<HttpSessionEvents> clusterHttpSessionEvents(Revocations revocations,
			ConfigurableApplicationContext context) {
		return new ServletListenerRegistrationBean<>(new HttpSessionEvents(revocations, context::isActive));
	}

	@Bean
	SessionWatch clusterSessionWatch(Revocations revocations, ObjectProvider<ExpiredSessions> expired,
			ObjectProvider<SessionWatch.Store> stores) {
		ExpiredSessions marked = expired.getIfAvailable();
		return new SessionWatch(revocations, (marked != null) ? marked : (id) -> false, stores.getIfAvailable());
	}

	/**
	 * Spring Security's events.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionRegistry.class)
	static class OfSecurity {

		@Bean
		SecuritySessionEvents clusterSecuritySessionEvents(Revocations revocations,
				ConfigurableApplicationContext context) {
			return new SecuritySessionEvents(revocations, context::isActive);
		}

		@Bean
		ExpiredSessions clusterExpiredSessions(ObjectProvider<SessionRegistry> registries) {
			SessionRegistry registry = registries.getIfUnique();
			return (registry instanceof SessionRegistryImpl memory) ? (id) -> isExpired(memory, id) : (id) -> false;
		}

		private static boolean isExpired(SessionRegistry registry, String id) {
			SessionInformation session = registry.getSessionInformation(id);
			return session != null && session.isExpired();
		}

	}

	/**
	 * Tells whether Spring Security has marked a session as expired.
	 */
	interface ExpiredSessions extends Predicate<String> {

	}

	/**
	 * The protection against session fixation, which gives a session another id.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionFixationProtectionEvent.class)
	static class OfWebSecurity {

		@Bean
		SessionIdChanges clusterSessionIdChanges(Revocations revocations) {
			return new SessionIdChanges(revocations);
		}

	}

	/**
	 * Spring Session's events, and what ends without one.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionRepository.class)
	static class OfSpringSession {

		@Bean
		SpringSessionEvents clusterSpringSessionEvents(Revocations revocations) {
			return new SpringSessionEvents(revocations);
		}

		@Bean
		static SessionRepositoryPostProcessor clusterSessionRepositoryPostProcessor(
				ObjectProvider<Revocations> revocations) {
			return new SessionRepositoryPostProcessor(revocations);
		}

		@Bean
		SpringSessionStore clusterSpringSessionStore(ObjectProvider<SessionRepository<?>> repositories) {
			return new SpringSessionStore(repositories);
		}

	}

}
