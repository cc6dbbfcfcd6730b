package io.clusterspring.revocation;

import java.util.function.BooleanSupplier;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/**
 * Hears the container's HTTP sessions end, and change their ids.
 */
public final class HttpSessionEvents implements HttpSessionListener, HttpSessionIdListener {

	private final Revocations revocations;

	private final BooleanSupplier active;

	/**
	 * Create a listener.
	 * @param revocations closes the sockets of the sessions
	 * @param active returns whether the application runs: when it stops, the container
	 * ends all its sessions, and nobody has logged out
	 */
	public HttpSessionEvents(Revocations revocations, BooleanSupplier active) {
		this.revocations = revocations;
		this.active = active;
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		if (this.active.getAsBoolean()) {
			this.revocations.sessionEnded(event.getSession().getId());
		}
	}

	@Override
	public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
		this.revocations.sessionRenamed(oldSessionId, event.getSession().getId());
	}

}
