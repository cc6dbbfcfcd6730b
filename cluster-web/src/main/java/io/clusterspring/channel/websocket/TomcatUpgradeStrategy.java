package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import jakarta.servlet.ServletException;
import org.apache.tomcat.util.security.ConcurrentMessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Upgrades an accepted handshake to a {@link TomcatSocket}. It also is the
 * {@link WebSocketHandler} that Spring's handshake requires, and that Tomcat's upgrade
 * never calls.
 */
final class TomcatUpgradeStrategy extends AbstractWebSocketHandler implements RequestUpgradeStrategy {

	// RFC 6455, section 1.3
	private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final SocketLimits limits;

	private final SocketCount count;

	private final ReadBuffers buffers = new ReadBuffers();

	TomcatUpgradeStrategy(SocketLimits limits, SocketCount count) {
		this.limits = limits;
		this.count = count;
	}

	@Override
	public String[] getSupportedVersions() {
		return new String[] { "13" };
	}

	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		return List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String selectedProtocol,
			List<WebSocketExtension> selectedExtensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) throws HandshakeFailureException {
		HttpHeaders headers = response.getHeaders();
		headers.setUpgrade("websocket");
		headers.setConnection("Upgrade");
		headers.set(WebSocketHttpHeaders.SEC_WEBSOCKET_ACCEPT, accept(request.getHeaders()));
		if (selectedProtocol != null) {
			headers.set(WebSocketHttpHeaders.SEC_WEBSOCKET_PROTOCOL, selectedProtocol);
		}
		try {
			((ServletServerHttpRequest) request).getServletRequest()
				.upgrade(TomcatSocket.class)
				.open(ConnectInterceptor.accepted(attributes), this.limits, this.buffers, this.count);
		}
		catch (IOException | ServletException ex) {
			throw new HandshakeFailureException("Tomcat did not upgrade the connection", ex);
		}
	}

	private static String accept(HttpHeaders headers) {
		String key = headers.getFirst(WebSocketHttpHeaders.SEC_WEBSOCKET_KEY) + ACCEPT_GUID;
		byte[] digest = ConcurrentMessageDigest.digestSHA1(key.getBytes(StandardCharsets.ISO_8859_1));
		return Base64.getEncoder().encodeToString(digest);
	}

}
