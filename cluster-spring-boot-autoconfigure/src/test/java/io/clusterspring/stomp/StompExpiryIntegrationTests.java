package io.clusterspring.stomp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import io.clusterspring.expiry.UserExpiry;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for STOMP sessions whose users are authenticated until a moment, which is their
 * name.
 */
class StompExpiryIntegrationTests {

	private static final LocalNetwork network = new LocalNetwork("stomp-expiry");

	private static StompNode node;

	@BeforeAll
	static void start() {
		node = StompNode.start("n1@127.0.0.1", network, App.class);
	}

	@AfterAll
	static void stop() {
		node.close();
		network.close();
	}

	@Test
	void sessionOfAHandshakeEndsWithTheAuthenticationOfItsUser() throws Exception {
		Instant end = Instant.now().plusSeconds(4);
		Client client = new Client(end, null);
		assertThat(client.closed.get(30, TimeUnit.SECONDS)).isEqualTo("3000 expired");
		assertThat(Instant.now()).isAfterOrEqualTo(end);
		assertThat(node.bean(StompExpiry.class).expired()).isPositive();
	}

	@Test
	void userOfTheConnectFrameCounts() throws Exception {
		Instant end = Instant.now().plusSeconds(8);
		Client later = new Client(Instant.now().plusSeconds(5), end);
		Client anonymous = new Client(null, end);
		assertThat(later.connected.get(30, TimeUnit.SECONDS)).startsWith("CONNECTED");
		assertThat(later.closed.get(30, TimeUnit.SECONDS)).isEqualTo("3000 expired");
		assertThat(Instant.now()).isAfterOrEqualTo(end);
		assertThat(anonymous.closed.get(30, TimeUnit.SECONDS)).isEqualTo("3000 expired");
	}

	@Test
	void anotherConnectDoesNotProlongTheSession() throws Exception {
		Client client = new Client(null, Instant.now().plusSeconds(60));
		assertThat(client.connected.get(30, TimeUnit.SECONDS)).startsWith("CONNECTED");
		client.connect(Instant.now().plusSeconds(600));
		// with 1002, or 1006 if the client sees the end of the connection first
		assertThat(client.closed.get(30, TimeUnit.SECONDS)).startsWith("100");
	}

	@Test
	void otherSessionsStay() throws Exception {
		Client client = new Client(null, null);
		Client ends = new Client(Instant.now().plusSeconds(2), null);
		assertThat(ends.closed.get(30, TimeUnit.SECONDS)).isEqualTo("3000 expired");
		assertThat(client.connected.get(30, TimeUnit.SECONDS)).startsWith("CONNECTED");
		assertThat(client.closed).isNotDone();
	}

	@Test
	void secondConnectionOfASockJsSessionDoesNotProlongIt() throws Exception {
		Client first = new Client("sockjs", "shared", Instant.now().plusSeconds(5));
		first.connected.get(30, TimeUnit.SECONDS);
		Client second = new Client("sockjs", "shared", null);
		assertThat(second.closed.get(60, TimeUnit.SECONDS)).isNotNull();
	}

	@Test
	void sockJsSessionWithTheSameIdAtAnotherEndpointDoesNotProlongIt() throws Exception {
		Client first = new Client("sockjs", "chosen", Instant.now().plusSeconds(5));
		first.connected.get(30, TimeUnit.SECONDS);
		Client second = new Client("other", "chosen", null);
		assertThat(second.closed.get(60, TimeUnit.SECONDS)).isNotNull();
		assertThat(first.closed.get(60, TimeUnit.SECONDS)).isEqualTo("3000 expired");
	}

	/**
	 * A client that says until when it may be connected.
	 */
	private static final class Client implements WebSocket.Listener {

		private final CompletableFuture<String> connected = new CompletableFuture<>();

		private final CompletableFuture<String> closed = new CompletableFuture<>();

		private final WebSocket socket;

		Client(@Nullable Instant handshake, @Nullable Instant connect) {
			String query = (handshake != null) ? "?" + handshake : "";
			this.socket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + node.port() + "/ws" + query), this)
				.join();
			connect(connect);
		}

		Client(String sockJs, String session, @Nullable Instant connect) {
			this.socket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(
						URI.create("ws://127.0.0.1:" + node.port() + "/" + sockJs + "/000/" + session + "/websocket"),
						this)
				.join();
			if (connect != null) {
				String frame = frame(connect).replace("\\", "\\\\").replace("\n", "\\n").replace("\0", "\\u0000");
				this.socket.sendText("[\"" + frame + "\"]", true).join();
			}
		}

		void connect(@Nullable Instant end) {
			this.socket.sendText(frame(end), true).join();
		}

		private static String frame(@Nullable Instant end) {
			String login = (end != null) ? "login:" + end.toString().replace(":", "\\c") + "\n" : "";
			return "CONNECT\naccept-version:1.2\nhost:test\n" + login + "\n\0";
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			if (data.toString().contains("CONNECTED")) {
				this.connected.complete(data.toString());
			}
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.closed.complete(code + " " + reason);
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSocketMessageBroker
	static class App implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory();
		}

		@Bean
		UserExpiry expiry() {
			return (user) -> Instant.parse(user.getName());
		}

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/ws").setHandshakeHandler(new ByQuery());
			registry.addEndpoint("/sockjs").setHandshakeHandler(new ByQuery()).withSockJS();
			registry.addEndpoint("/other").setHandshakeHandler(new ByQuery()).withSockJS();
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

		@Override
		public void configureClientInboundChannel(ChannelRegistration registration) {
			registration.interceptors(this);
		}

		@Override
		public Message<?> preSend(Message<?> message, MessageChannel channel) {
			StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
			if (accessor != null && accessor.getCommand() == StompCommand.CONNECT && accessor.getLogin() != null) {
				String login = accessor.getLogin().replace("\\c", ":");
				accessor.setUser(() -> login);
			}
			return message;
		}

	}

	private static final class ByQuery extends DefaultHandshakeHandler {

		ByQuery() {
			super(new StandardWebSocketUpgradeStrategy());
		}

		@Override
		protected @Nullable Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
				Map<String, Object> attributes) {
			String query = request.getURI().getQuery();
			return (query != null) ? () -> query : null;
		}

	}

}
