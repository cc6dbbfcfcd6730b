package io.clusterspring.autoconfigure;

import org.springframework.context.ApplicationListener;
import org.springframework.session.events.SessionDestroyedEvent;

import io.clusterspring.revocation.Revocations;

/**
 * Hears from Spring Session that a session was deleted or has expired. Not all
 * repositories tell; that of JDBC does not.
 *
 * @param revocations closes the sockets of the session
 */
record SpringSessionEvents(Revocations revocations) implements ApplicationListener<SessionDestroyedEvent> {

	@Override
	public void onApplicationEvent(SessionDestroyedEvent event) {
		this.revocations.sessionEnded(event.getSessionId());
	}

}
