package io.clusterspring.channel.websocket;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

import io.clusterspring.channel.http.AllowedOrigins;

/**
 * Refuses the pages of foreign origins.
 */
final class OriginInterceptor implements HandshakeInterceptor {

	private final AllowedOrigins origins;

	OriginInterceptor(AllowedOrigins origins) {
		this.origins = origins;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		boolean admitted = this.origins.admits(((ServletServerHttpRequest) request).getServletRequest());
		if (!admitted) {
			response.setStatusCode(HttpStatus.FORBIDDEN);
		}
		return admitted;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
