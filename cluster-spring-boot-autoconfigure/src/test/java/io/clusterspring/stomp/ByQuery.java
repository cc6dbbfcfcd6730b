package io.clusterspring.stomp;

import java.security.Principal;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * The user of a session is the query of its handshake, after {@code user=} if it has
 * that.
 */
public class ByQuery extends DefaultHandshakeHandler {

	public ByQuery() {
		// both Tomcat and Jetty are on the class path
		super(new StandardWebSocketUpgradeStrategy());
	}

	@Override
	protected @Nullable Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
			Map<String, Object> attributes) {
		// an attribute that must not leave this node
		attributes.put("secret", "of the session");
		String query = request.getURI().getQuery();
		return (query != null) ? () -> query.replaceFirst("^user=", "") : null;
	}

}
