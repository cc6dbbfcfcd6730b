package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

import io.clusterspring.revocation.SessionWatch;

/**
 * Looks sessions up in the repository of Spring Session, which keeps their times by the
 * clock on the wall.
 *
 * @param repositories the repository; without one, no session is looked up
 */
record SpringSessionStore(ObjectProvider<SessionRepository<?>> repositories) implements SessionWatch.Store {

	@Override
	public @Nullable Duration left(String id) {
		SessionRepository<?> repository = this.repositories.getIfUnique();
		if (repository == null) {
			return FOR_EVER;
		}
		Session session = repository.findById(id);
		if (session == null || session.isExpired()) {
			return null;
		}
		Duration interval = session.getMaxInactiveInterval();
		if (interval.isNegative() || interval.isZero()) {
			return FOR_EVER;
		}
		Duration left = Duration.between(Instant.now(), session.getLastAccessedTime().plus(interval));
		// it may have expired in this moment
		return left.isNegative() ? Duration.ZERO : left;
	}

}
