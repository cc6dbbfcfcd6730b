package io.clusterspring.channel;

import java.util.Collection;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

import io.clusterspring.text.LogText;

/**
 * Combines all authorizers into one decision.
 */
final class SocketAuthorizers {

	private static final Log logger = LogFactory.getLog(SocketAuthorizer.class);

	private final List<SocketAuthorizer> authorizers;

	SocketAuthorizers(Collection<String> paths, List<SocketAuthorizer> authorizers) {
		for (SocketAuthorizer authorizer : authorizers) {
			Assert.state(!(authorizer instanceof Mounted mounted) || paths.contains(mounted.path()),
					() -> authorizer + " is for a socket that does not exist: cluster.channels.paths is " + paths);
		}
		this.authorizers = List.copyOf(authorizers);
	}

	SocketAuthorization authorize(SocketRequest request) {
		SocketAuthorization result = SocketAuthorization.accept();
		for (SocketAuthorizer authorizer : this.authorizers) {
			result = result.and(ask(authorizer, request));
			if (!result.isAccepted()) {
				return result;
			}
		}
		return result;
	}

	// a failed authorizer refuses the client
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
