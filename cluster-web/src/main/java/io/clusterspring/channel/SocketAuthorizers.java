package io.clusterspring.channel;

import java.security.Principal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.text.LogText;

/**
 * Combines all authorizers into one decision.
 */
public final class SocketAuthorizers {

	private static final Log logger = LogFactory.getLog(SocketAuthorizer.class);

	private final List<SocketAuthorizer> authorizers;

	private final UserExpiries expiries;

	private final Map<Failure, AtomicLong> failures = new ConcurrentHashMap<>();

	/**
	 * Combine authorizers.
	 * @param paths the paths of the sockets
	 * @param authorizers the authorizers, in order
	 * @param expiries say until when a user is authenticated
	 * @throws IllegalStateException if one is for a socket that does not exist
	 */
	public SocketAuthorizers(Collection<String> paths, List<SocketAuthorizer> authorizers, UserExpiries expiries) {
		for (SocketAuthorizer authorizer : authorizers) {
			Assert.state(!(authorizer instanceof Mounted mounted) || paths.contains(mounted.path()),
					() -> authorizer + " is for a socket that does not exist: cluster.channels.paths is " + paths);
		}
		this.authorizers = List.copyOf(authorizers);
		this.expiries = expiries;
	}

	/**
	 * Decide about a client. An authorizer that fails refuses it. May block.
	 * @param request the request of the client
	 * @return the {@link Identity} of the client, or how it is refused
	 */
	public Verdict authorize(SocketRequest request) {
		SocketAuthorization all = SocketAuthorization.accept();
		for (SocketAuthorizer authorizer : this.authorizers) {
			all = all.and(ask(authorizer, request));
			if (all.refused() != null) {
				return all.refused();
			}
		}
		Principal user = (all.user() != null) ? all.user() : request.user();
		try {
			Instant until = UserExpiries.earliest(all.until(), this.expiries.expiresAt(user));
			return new Identity(user, (user != null) ? user.getName() : null, all.id(), all.attributes(), until);
		}
		catch (Throwable ex) {
			logger.error("Refused the " + request + ", because its user cannot be read", LogText.failure(ex));
			return SocketRefused.FORBIDDEN;
		}
	}

	private SocketAuthorization ask(SocketAuthorizer authorizer, SocketRequest request) {
		try {
			SocketAuthorization decision = authorizer.authorize(request);
			Assert.state(decision != null, () -> authorizer + " returned null instead of a decision");
			return decision;
		}
		catch (Throwable ex) {
			failed(authorizer, request, ex);
			return SocketAuthorization.refuse();
		}
	}

	// a client can have the same failure as often as it likes
	private void failed(SocketAuthorizer authorizer, SocketRequest request, Throwable failure) {
		long count = this.failures
			.computeIfAbsent(new Failure(authorizer, failure.getClass()), (added) -> new AtomicLong())
			.incrementAndGet();
		if (Long.bitCount(count) == 1) {
			String often = (count > 1) ? " (" + count + " times so far with such an exception)" : "";
			logger.error("Refused the " + request + ", because its authorizer failed" + often,
					LogText.failure(failure));
		}
	}

	/**
	 * The decision about a client.
	 */
	public sealed interface Verdict permits Identity, SocketRefused {

	}

	/**
	 * The identity of an accepted client.
	 *
	 * @param user the user, or {@code null}
	 * @param name the name of the user, or {@code null}
	 * @param id the id of the socket, or {@code null}
	 * @param attributes the attributes that each channel of the socket starts with
	 * @param until the moment at which the socket ends, or {@code null}
	 */
	public record Identity(@Nullable Principal user, @Nullable String name, @Nullable String id,
			Map<String, Object> attributes, @Nullable Instant until) implements Verdict {
	}

	private record Failure(SocketAuthorizer authorizer, Class<?> type) {
	}

	/**
	 * An authorizer for one of the sockets.
	 *
	 * @param path the path of the socket
	 * @param authorizer decides about the clients of that socket
	 */
	record Mounted(String path, SocketAuthorizer authorizer) implements SocketAuthorizer {

		@Override
		public SocketAuthorization authorize(SocketRequest request) throws Exception {
			return request.path().equals(this.path) ? this.authorizer.authorize(request) : SocketAuthorization.accept();
		}

	}

}
