package io.clusterspring.stomp;

import java.security.Principal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;

/**
 * A user with its sessions on all nodes. It is a live view: each call reads the current
 * sessions.
 */
class ClusterUser implements SimpUser {

	private final String name;

	private final Supplier<@Nullable SimpUserRegistry> local;

	private final RemoteUsers remote;

	ClusterUser(String name, Supplier<@Nullable SimpUserRegistry> local, RemoteUsers remote) {
		this.name = name;
		this.local = local;
		this.remote = remote;
	}

	ClusterUser(ClusterUser same) {
		this(same.name, same.local, same.remote);
	}

	@Nullable SimpUser localUser() {
		SimpUserRegistry registry = this.local.get();
		return (registry != null) ? registry.getUser(this.name) : null;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public @Nullable Principal getPrincipal() {
		SimpUser here = localUser();
		return (here != null) ? here.getPrincipal() : null;
	}

	@Override
	public boolean hasSessions() {
		SimpUser here = localUser();
		return (here != null && here.hasSessions()) || this.remote.contains(this.name);
	}

	@Override
	public @Nullable SimpSession getSession(String sessionId) {
		SimpUser here = localUser();
		SimpSession session = (here != null) ? here.getSession(sessionId) : null;
		return (session != null) ? session : this.remote.session(this.name, sessionId);
	}

	@Override
	public Set<SimpSession> getSessions() {
		Set<SimpSession> sessions = new HashSet<>();
		SimpUser here = localUser();
		if (here != null) {
			sessions.addAll(here.getSessions());
		}
		sessions.addAll(this.remote.sessions(this.name));
		return sessions;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof SimpUser that && this.name.equals(that.getName()));
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return "name=" + this.name + ", sessions=" + getSessions();
	}

}
