package io.clusterspring.autoconfigure;

import org.springframework.context.ApplicationListener;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;

import io.clusterspring.revocation.Revocations;

/**
 * Hears that a session has got another id at a login. With Spring Session nothing else
 * tells of it.
 *
 * @param revocations keeps the sockets with their session
 */
record SessionIdChanges(Revocations revocations) implements ApplicationListener<SessionFixationProtectionEvent> {

	@Override
	public void onApplicationEvent(SessionFixationProtectionEvent event) {
		this.revocations.sessionRenamed(event.getOldSessionId(), event.getNewSessionId());
	}

}
