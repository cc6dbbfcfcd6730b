package io.clusterspring.stomp;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import org.springframework.util.Assert;

import io.clusterspring.inspect.Action;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.Revocations;

/**
 * Closes a session, or the sessions of a user. Each node counts and closes its own; then
 * all are told of the user as by {@link UserSessions#disconnect}.
 */
final class StompDisconnect implements Action {

	private final Revocations revocations;

	private final Predicate<String> close;

	/**
	 * Create the action.
	 * @param close closes a session of this node, and returns whether it has one of that
	 * id
	 */
	StompDisconnect(Revocations revocations, Predicate<String> close) {
		this.revocations = revocations;
		this.close = close;
	}

	@Override
	public String name() {
		return "stomp/disconnect";
	}

	@Override
	public Set<String> parameters() {
		return Set.of("session", "user");
	}

	@Override
	public void check(Map<String, String> parameters) {
		Assert.isTrue(parameters.size() == 1, "stomp/disconnect needs either session or user");
		String user = parameters.get("user");
		if (user != null) {
			RevocationKey.stompUser(user).requireSendable();
		}
		else {
			Assert.hasLength(parameters.get("session"), "session must not be empty");
		}
	}

	@Override
	public CompletionStage<Map<String, Object>> act(Map<String, String> parameters) {
		String user = parameters.get("user");
		long closed = (user != null) ? this.revocations.closeHere(RevocationKey.stompUser(user))
				: this.close.test(String.valueOf(parameters.get("session"))) ? 1 : 0;
		return CompletableFuture.completedStage(Map.of("closed", closed));
	}

	@Override
	public void conclude(Map<String, String> parameters, long asked) {
		String user = parameters.get("user");
		if (user != null) {
			this.revocations.revoke(RevocationKey.stompUser(user), asked);
		}
	}

}
