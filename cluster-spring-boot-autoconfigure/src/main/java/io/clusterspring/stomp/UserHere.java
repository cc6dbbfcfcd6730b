package io.clusterspring.stomp;

import java.security.Principal;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpUser;

/**
 * A user as this node has to serve it: a session is known wherever it is, but listed only
 * if it is here.
 */
final class UserHere implements SimpUser {

	private final ClusterUser user;

	UserHere(ClusterUser user) {
		this.user = user;
	}

	@Override
	public String getName() {
		return this.user.getName();
	}

	@Override
	public @Nullable Principal getPrincipal() {
		return this.user.getPrincipal();
	}

	@Override
	public boolean hasSessions() {
		return !getSessions().isEmpty();
	}

	@Override
	public @Nullable SimpSession getSession(String sessionId) {
		return this.user.getSession(sessionId);
	}

	@Override
	public Set<SimpSession> getSessions() {
		SimpUser here = this.user.here();
		return (here != null) ? here.getSessions() : Set.of();
	}

}
