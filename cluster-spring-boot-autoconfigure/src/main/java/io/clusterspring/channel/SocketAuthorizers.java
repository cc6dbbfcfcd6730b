package io.clusterspring.channel;

import java.util.Collection;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

import io.clusterspring.text.LogText;

/**
 * All authorizers as one.
 */
final class SocketAuthorizers {

	private static final Log logger = LogFactory.getLog(SocketAuthorizer.class);

	private final List<SocketAuthorizer> authorizers;

	SocketAuthorizers(Collection<String> paths, List<SocketAuthorizer> authorizers) {
		for (SocketAuthorizer authorizer : authorizers) {
			Assert.state(!(authorizer instanceof MountedAuthorizer mounted) || paths.contains(mounted.path()),
					() -> authorizer + " is for a socket that is not mounted; there are " + paths + " only");
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

	// whoever cannot be decided about is not let in
	private static SocketAuthorization ask(SocketAuthorizer authorizer, SocketRequest request) {
		try {
			SocketAuthorization decision = authorizer.authorize(request);
			Assert.state(decision != null, () -> authorizer + " has not decided: it has returned null");
			return decision;
		}
		catch (Throwable ex) {
			logger.error("Refused the " + request + ", because its authorizer failed", LogText.failure(ex));
			return SocketAuthorization.refuse();
		}
	}

}
