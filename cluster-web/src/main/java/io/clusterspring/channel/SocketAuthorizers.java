package io.clusterspring.channel;

import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.text.LogText;

/**
 * Combines all authorizers into one decision.
 */
public final class SocketAuthorizers {

	private static final Log logger = LogFactory.getLog(SocketAuthorizer.class);

	private final List<SocketAuthorizer> authorizers;

	/**
	 * Combine authorizers.
	 * @param paths the paths of the sockets
	 * @param authorizers the authorizers, in order
	 * @throws IllegalStateException if one is for a socket that does not exist
	 */
	public SocketAuthorizers(Collection<String> paths, List<SocketAuthorizer> authorizers) {
		for (SocketAuthorizer authorizer : authorizers) {
			Assert.state(!(authorizer instanceof Mounted mounted) || paths.contains(mounted.path()),
					() -> authorizer + " is for a socket that does not exist: cluster.channels.paths is " + paths);
		}
		this.authorizers = List.copyOf(authorizers);
	}

	/**
	 * Decide about a client. An authorizer that fails refuses it.
	 * @param request the request of the client
	 * @return the identity of the client, or {@code null} to refuse it
	 */
	public @Nullable Identity authorize(SocketRequest request) {
		SocketAuthorization all = SocketAuthorization.accept();
		for (SocketAuthorizer authorizer : this.authorizers) {
			all = all.and(ask(authorizer, request));
			if (!all.isAccepted()) {
				return null;
			}
		}
		return new Identity((all.user() != null) ? all.user() : request.user(), all.id(), all.attributes());
	}

	private static SocketAuthorization ask(SocketAuthorizer authorizer, SocketRequest request) {
		try {
			SocketAuthorization decision = authorizer.authorize(request);
			Assert.state(decision != null, () -> authorizer + " returned null instead of a decision");
			return decision;
		}
		catch (Throwable ex) {
			logger.error("Refused the " + request + ", because its authorizer failed", LogText.failure(ex));
			return SocketAuthorization.refuse();
		}
	}

	/**
	 * The identity of an accepted client.
	 *
	 * @param user the user, or {@code null}
	 * @param id the id of the socket, or {@code null}
	 * @param attributes the attributes that each channel of the socket starts with
	 */
	public record Identity(@Nullable Principal user, @Nullable String id, Map<String, Object> attributes) {
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
