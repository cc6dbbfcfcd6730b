package io.clusterspring.channel.websocket;

import java.util.Collection;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.util.InvalidUrlException;

/**
 * Refuses foreign origins, and what is no origin at all.
 */
final class OriginInterceptor extends OriginHandshakeInterceptor {

	OriginInterceptor(Collection<String> allowedOrigins) {
		super(allowedOrigins);
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws Exception {
		try {
			return super.beforeHandshake(request, response, handler, attributes);
		}
		catch (InvalidUrlException ex) {
			response.setStatusCode(HttpStatus.FORBIDDEN);
			return false;
		}
	}

}
