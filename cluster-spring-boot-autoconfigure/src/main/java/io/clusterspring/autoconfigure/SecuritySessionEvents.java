package io.clusterspring.autoconfigure;

import java.util.function.BooleanSupplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.security.core.session.SessionIdChangedEvent;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import io.clusterspring.revocation.Revocations;

/**
 * Hears from Spring Security that a session has ended, that its id has changed, or that
 * its user has logged out.
 */
final class SecuritySessionEvents {

	private final Revocations revocations;

	private final BooleanSupplier active;

	SecuritySessionEvents(Revocations revocations, BooleanSupplier active) {
		this.revocations = revocations;
		this.active = active;
	}

	@EventListener
	void destroyed(SessionDestroyedEvent event) {
		if (this.active.getAsBoolean()) {
			this.revocations.sessionEnded(event.getId());
		}
	}

	@EventListener
	void changed(SessionIdChangedEvent event) {
		this.revocations.sessionRenamed(event.getOldSessionId(), event.getNewSessionId());
	}

	/**
	 * The session usually has ended by now. It goes on with
	 * {@code logout().invalidateHttpSession(false)}.
	 * @param event has the user and not the session
	 */
	@EventListener
	void loggedOut(LogoutSuccessEvent event) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			HttpServletRequest request = attributes.getRequest();
			HttpSession session = request.getSession(false);
			String id = (session != null) ? session.getId() : request.getRequestedSessionId();
			if (id != null) {
				this.revocations.sessionLeft(id);
			}
		}
	}

}
