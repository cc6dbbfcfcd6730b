package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.servlet.ServletException;
import org.apache.tomcat.util.security.ConcurrentMessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.Assert;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

import io.clusterspring.channel.http.AllowedOrigins;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;

/**
 * The WebSocket endpoint. It handles the handshake, refuses foreign origins with status
 * 403, and asks the {@link ChannelServer} about all other clients.
 */
public final class ChannelEndpoint extends WebSocketHttpRequestHandler implements FailureSource, DisposableBean {

	/** The interval of timeout checks; the same as in Tomcat. */
	private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

	private final @Nullable Ticker watch;

	private final @Nullable SocketSenders senders;

	private ChannelEndpoint(ChannelServer server, WebSocketHandler handler, DefaultHandshakeHandler handshake,
			Collection<String> allowedOrigins, SocketCount count, @Nullable Ticker watch,
			@Nullable SocketSenders senders) {
		super(handler, handshake);
		this.watch = watch;
		this.senders = senders;
		setHandshakeInterceptors(
				List.of(new ConnectInterceptor(server, new AllowedOrigins(server, allowedOrigins), count)));
	}

	/**
	 * Create an endpoint for every server that Spring supports. Writes never block and
	 * use no extra threads.
	 * @param limits the limits of a connection
	 * @param allowedOrigins the origins whose pages may connect, in addition to the
	 * server's
	 * @param maxSockets the maximum number of connections; more are refused with status
	 * 503
	 */
	public static ChannelEndpoint portable(ChannelServer server, SocketLimits limits, Collection<String> allowedOrigins,
			int maxSockets) {
		return portable(server, limits, allowedOrigins, maxSockets, new Handshake());
	}

	static ChannelEndpoint standard(ChannelServer server, SocketLimits limits, Collection<String> allowedOrigins,
			int maxSockets) {
		return portable(server, limits, allowedOrigins, maxSockets,
				new Handshake(new StandardWebSocketUpgradeStrategy()));
	}

	private static ChannelEndpoint portable(ChannelServer server, SocketLimits limits,
			Collection<String> allowedOrigins, int maxSockets, Handshake handshake) {
		SocketSenders senders = new SocketSenders(limits);
		SocketCount count = new SocketCount(maxSockets);
		SpringSocketHandler handler = new SpringSocketHandler(limits, senders, count);
		Ticker watch = Ticker.withThread("cluster-sockets", CHECK_INTERVAL, handler::checkTimeouts);
		watch.start();
		return new ChannelEndpoint(server, handler, handshake, allowedOrigins, count, watch, senders);
	}

	/**
	 * Create an endpoint on Tomcat's own upgrade API. Writes never block and use no extra
	 * threads; an idle connection uses no buffer.
	 * @param allowedOrigins the origins whose pages may connect, in addition to the
	 * server's
	 * @param maxSockets the maximum number of connections; more are refused with status
	 * 503
	 */
	public static ChannelEndpoint tomcat(ChannelServer server, SocketLimits limits, Collection<String> allowedOrigins,
			int maxSockets) {
		SocketCount count = new SocketCount(maxSockets);
		TomcatUpgradeStrategy strategy = new TomcatUpgradeStrategy(limits, count);
		return new ChannelEndpoint(server, strategy, new Handshake(strategy), allowedOrigins, count, null, null);
	}

	@Override
	public Map<String, String> failures() {
		return (this.watch != null) ? this.watch.failures() : Map.of();
	}

	@Override
	public void destroy() {
		if (this.watch != null) {
			this.watch.close();
		}
		if (this.senders != null) {
			this.senders.close();
		}
	}

	/**
	 * Accepts no WebSocket extension, like Phoenix by default: a broadcast is encoded
	 * once for all clients and cannot be compressed for each.
	 */
	private static final class Handshake extends DefaultHandshakeHandler {

		Handshake() {
		}

		Handshake(RequestUpgradeStrategy strategy) {
			super(strategy);
		}

		@Override
		protected @Nullable String selectProtocol(List<String> requestedProtocols, WebSocketHandler handler) {
			return AuthTokenProtocol.choose(requestedProtocols);
		}

		@Override
		protected List<WebSocketExtension> filterRequestedExtensions(ServerHttpRequest request,
				List<WebSocketExtension> requestedExtensions, List<WebSocketExtension> supportedExtensions) {
			return List.of();
		}

	}

	/**
	 * Upgrades an accepted handshake to a {@link TomcatSocket}. It also is the
	 * {@link WebSocketHandler} that Spring's handshake requires, and that Tomcat's
	 * upgrade never calls.
	 */
	private static final class TomcatUpgradeStrategy extends AbstractWebSocketHandler
			implements RequestUpgradeStrategy {

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

	/**
	 * The limits of one WebSocket connection.
	 *
	 * @param maxMessageSize the maximum size of a frame or fragmented message of a
	 * client, in bytes; a larger one closes the connection with code 1009
	 * @param outboxCapacity the maximum number of bytes that wait to be sent to a client;
	 * more close the connection with code 1008. A single frame may be larger
	 * @param outboxTimeout the maximum time that a frame waits to be sent to a client;
	 * after that the connection is closed with code 1008. It is checked about once a
	 * second, so a frame may wait longer, up to twice this time
	 * @param idleTimeout the maximum time without data from a client; after that the
	 * connection is closed with code 1002
	 */
	public record SocketLimits(int maxMessageSize, int outboxCapacity, Duration outboxTimeout, Duration idleTimeout) {

		public SocketLimits {
			Assert.isTrue(maxMessageSize > 0 && outboxCapacity > 0 && outboxTimeout.toNanos() > 0
					&& idleTimeout.toNanos() > 0, "Limits of a socket must be positive");
		}

	}

}
