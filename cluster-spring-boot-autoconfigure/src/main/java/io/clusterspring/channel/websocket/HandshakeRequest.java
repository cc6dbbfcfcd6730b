package io.clusterspring.channel.websocket;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHttpHeaders;

import io.clusterspring.channel.SocketRequest;

/**
 * Reads a handshake as a {@link SocketRequest}.
 */
final class HandshakeRequest {

	private static final String SUFFIX = "/websocket";

	private HandshakeRequest() {
	}

	static SocketRequest read(ServerHttpRequest request) {
		HttpServletRequest http = ((ServletServerHttpRequest) request).getServletRequest();
		Map<String, List<String>> parameters = new HashMap<>();
		http.getParameterMap().forEach((name, values) -> parameters.put(name, Arrays.asList(values)));
		Map<String, List<String>> all = new HashMap<>();
		request.getHeaders().forEach(all::put);
		WebSocketHttpHeaders headers = new WebSocketHttpHeaders(request.getHeaders());
		return new SocketRequest(path(http), "websocket", parameters, all, request.getPrincipal(),
				AuthTokenProtocol.token(headers.getSecWebSocketProtocol()), request.getRemoteAddress());
	}

	private static String path(HttpServletRequest request) {
		String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
		return pattern.endsWith(SUFFIX) ? pattern.substring(0, pattern.length() - SUFFIX.length()) : pattern;
	}

}
