package io.clusterspring.stomp;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.autoconfigure.TextClient;
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
		TextClient client = open(end, null);
		assertThat(client.closed().get(30, TimeUnit.SECONDS)).isEqualTo("3000 expired");
		assertThat(Instant.now()).isAfterOrEqualTo(end);
		assertThat(node.bean(StompExpiry.class).expired()).isPositive();
	}

	@Test
	void userOfTheConnectFrameCounts() throws Exception {
		Instant end = Instant.now().plusSeconds(8);
		TextClient later = open(Instant.now().plusSeconds(5), end);
		TextClient anonymous = open(null, end);
		later.await("CONNECTED");
		assertThat(later.closed().get(30, TimeUnit.SECONDS)).isEqualTo("3000 expired");
		assertThat(Instant.now()).isAfterOrEqualTo(end);
		assertThat(anonymous.closed().get(30, TimeUnit.SECONDS)).isEqualTo("3000 expired");
	}

	@Test
	void anotherConnectDoesNotProlongTheSession() throws Exception {
		TextClient client = open(null, Instant.now().plusSeconds(60));
		client.await("CONNECTED");
		client.send(frame(Instant.now().plusSeconds(600)));
		// with 1002, or 1006 if the client sees the end of the connection first
		assertThat(client.closed().get(30, TimeUnit.SECONDS)).startsWith("100");
	}

	@Test
	void otherSessionsStay() throws Exception {
		TextClient client = open(null, null);
		TextClient ends = open(Instant.now().plusSeconds(2), null);
		assertThat(ends.closed().get(30, TimeUnit.SECONDS)).isEqualTo("3000 expired");
		client.await("CONNECTED");
		assertThat(client.closed()).isNotDone();
	}

	@Test
	void secondConnectionOfASockJsSessionDoesNotProlongIt() throws Exception {
		TextClient first = sockJs("sockjs", "shared", Instant.now().plusSeconds(5));
		first.await("CONNECTED");
		TextClient second = sockJs("sockjs", "shared", null);
		assertThat(second.closed().get(60, TimeUnit.SECONDS)).isNotNull();
	}

	@Test
	void sockJsSessionWithTheSameIdAtAnotherEndpointDoesNotProlongIt() throws Exception {
		TextClient first = sockJs("sockjs", "chosen", Instant.now().plusSeconds(5));
		first.await("CONNECTED");
		TextClient second = sockJs("other", "chosen", null);
		assertThat(second.closed().get(60, TimeUnit.SECONDS)).isNotNull();
		assertThat(first.closed().get(60, TimeUnit.SECONDS)).isEqualTo("3000 expired");
	}

	private static TextClient open(@Nullable Instant handshake, @Nullable Instant connect) {
		TextClient client = TextClient.connect(node.port(), "/ws" + ((handshake != null) ? "?" + handshake : ""));
		client.send(frame(connect));
		return client;
	}

	private static TextClient sockJs(String endpoint, String session, @Nullable Instant connect) {
		TextClient client = TextClient.connect(node.port(), "/" + endpoint + "/000/" + session + "/websocket");
		if (connect != null) {
			String frame = frame(connect).replace("\\", "\\\\").replace("\n", "\\n").replace("\0", "\\u0000");
			client.send("[\"" + frame + "\"]");
		}
		return client;
	}

	private static String frame(@Nullable Instant end) {
		String login = (end != null) ? "login:" + end.toString().replace(":", "\\c") + "\n" : "";
		return "CONNECT\naccept-version:1.2\nhost:test\n" + login + "\n\0";
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

}
