package io.clusterspring.channel.websocket;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.channel.protocol.SocketSerializers;

/**
 * Finds the serializer for the {@code vsn} parameter; without one the handshake ends, as
 * in Phoenix, with 403 and an empty body.
 */
final class VersionInterceptor implements HandshakeInterceptor {

	private static final String SERIALIZER = VersionInterceptor.class.getName() + ".serializer";

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		String vsn = UriComponentsBuilder.fromUri(request.getURI()).build().getQueryParams().getFirst("vsn");
		SocketSerializer serializer = SocketSerializers.forVersion(vsn);
		if (serializer == null) {
			response.setStatusCode(HttpStatus.FORBIDDEN);
			return false;
		}
		attributes.put(SERIALIZER, serializer);
		return true;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

	static SocketSerializer serializer(Map<String, Object> attributes) {
		SocketSerializer serializer = (SocketSerializer) attributes.get(SERIALIZER);
		Assert.state(serializer != null, "The handshake was not intercepted");
		return serializer;
	}

}
