package io.clusterspring.channel;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * All authorizers as one.
 */
final class SocketAuthorizers {

	private static final Log logger = LogFactory.getLog(SocketAuthorizer.class);

	private final List<SocketAuthorizer> authorizers;

	SocketAuthorizers(List<SocketAuthorizer> authorizers) {
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

	private static SocketAuthorization ask(SocketAuthorizer authorizer, SocketRequest request) {
		try {
			return authorizer.authorize(request);
		}
		catch (Exception ex) {
			logger.error("Refused the " + request + ", because its authorizer failed", ex);
			return SocketAuthorization.refuse();
		}
	}

}
