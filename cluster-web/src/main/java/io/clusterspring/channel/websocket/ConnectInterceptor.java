package io.clusterspring.channel.websocket;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.Assert;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

import io.clusterspring.channel.http.AllowedOrigins;
import io.clusterspring.channel.http.ClientRequest;
import io.clusterspring.channel.http.MalformedQueryException;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.RefusedSocket;
import io.clusterspring.channel.socket.SocketAdmission;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.revocation.RequestArrivals;

/**
 * Refuses the pages of foreign origins, asks the {@link ChannelServer} about all other
 * handshakes, and keeps the decision for the connection. As in Phoenix, the response to a
 * refused handshake has an empty body.
 */
record ConnectInterceptor(ChannelServer server, AllowedOrigins origins,
		SocketCount count) implements HandshakeInterceptor {

	private static final String ACCEPTED = ConnectInterceptor.class.getName() + ".accepted";

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		if (!this.origins.admits(((ServletServerHttpRequest) request).getServletRequest())) {
			response.setStatusCode(HttpStatus.FORBIDDEN);
			return false;
		}
		if (!isUpgrade(request)) {
			// this is no handshake: Spring answers with a precise error, and no
			// authorization is needed
			return true;
		}
		SocketAdmission admission = this.count.isFull() ? this.server.refuse(this.count.limit())
				: connect((ServletServerHttpRequest) request);
		if (admission instanceof RefusedSocket refused) {
			response.setStatusCode(HttpStatusCode.valueOf(refused.status()));
			// a kept-alive connection would occupy a place that another client needs
			response.getHeaders().setConnection("close");
			if (refused.retryAfter() != null) {
				response.getHeaders().set(HttpHeaders.RETRY_AFTER, refused.retryAfterSeconds());
			}
			return false;
		}
		attributes.put(ACCEPTED, admission);
		return true;
	}

	private SocketAdmission connect(ServletServerHttpRequest request) {
		WebSocketHttpHeaders headers = new WebSocketHttpHeaders(request.getHeaders());
		try {
			return this.server.connect(
					new ClientRequest(request.getServletRequest(), "websocket")
						.toSocketRequest(AuthTokenProtocol.token(headers.getSecWebSocketProtocol())),
					RequestArrivals.origin(request.getServletRequest()));
		}
		catch (MalformedQueryException ex) {
			return this.server.refuse(SocketRefusal.MALFORMED);
		}
	}

	private static boolean isUpgrade(ServerHttpRequest request) {
		return request.getMethod() == HttpMethod.GET
				&& "websocket".equalsIgnoreCase(request.getHeaders().getFirst("Upgrade"));
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

	static AcceptedSocket accepted(Map<String, Object> attributes) {
		AcceptedSocket accepted = (AcceptedSocket) attributes.get(ACCEPTED);
		Assert.state(accepted != null, "The handshake was not intercepted");
		return accepted;
	}

}
