package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.WebSocketClient;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.WebSocketStompClient;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.sockjs.client.RestTemplateXhrTransport;
import org.springframework.web.socket.sockjs.client.SockJsClient;

import io.clusterspring.Cluster;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link UserSessions} on two nodes, over WebSocket and SockJS. The user is
 * that of the CONNECT frame.
 */
class UserSessionsIntegrationTests {

	private final LocalNetwork network = new LocalNetwork("user-sessions");

	private final List<StompSession> clients = new ArrayList<>();

	private StompNode n1;

	private StompNode n2;

	@BeforeEach
	void start() {
		this.n1 = StompNode.start("n1@127.0.0.1", this.network, App.class);
		this.n2 = StompNode.start("n2@127.0.0.1", this.network, App.class);
		await().until(() -> this.n1.bean(Cluster.class).view().nodes().size() == 2);
	}

	@AfterEach
	void close() {
		this.clients.stream().filter(StompSession::isConnected).forEach(StompSession::disconnect);
		this.n1.close();
		this.n2.close();
		this.network.close();
	}

	@Test
	void sessionsOfAUserAreClosedOnAllNodesAndNoOthers() {
		List<StompSession> ann = List.of(connect(this.n1, "ann"), connect(this.n2, "ann"), poll(this.n1, "ann"),
				poll(this.n2, "ann"));
		StompSession bob = connect(this.n2, "bob");
		StompSession nobody = poll(this.n2, null);
		await().until(() -> this.n1.users().getUserCount() == 2 && this.n2.users().getUserCount() == 2);
		this.n1.bean(UserSessions.class).disconnect("ann");
		await().atMost(5, TimeUnit.SECONDS).until(() -> ann.stream().noneMatch(StompSession::isConnected));
		await().until(() -> this.n1.users().getUser("ann") == null && this.n2.users().getUser("ann") == null);
		assertThat(bob.isConnected()).isTrue();
		assertThat(nobody.isConnected()).isTrue();
		assertThat(connect(this.n2, "ann").isConnected()).as("comes again").isTrue();
	}

	@Test
	void sessionThatConnectsWhileItsUserIsDisconnectedIsClosed() throws Exception {
		for (StompNode node : List.of(this.n1, this.n2)) {
			StompSession witness = connect(node, "carl");
			await().until(() -> node.users().getUser("carl") != null);
			Authentication authentication = node.bean(Authentication.class);
			authentication.hold = true;
			CompletableFuture<StompSession> connecting = CompletableFuture.supplyAsync(() -> connect(node, "carl"));
			assertThat(authentication.entered.await(20, TimeUnit.SECONDS)).isTrue();
			this.n1.bean(UserSessions.class).disconnect("carl");
			await().until(() -> !witness.isConnected());
			authentication.hold = false;
			authentication.release.countDown();
			await().until(() -> connecting.isCompletedExceptionally()
					|| (connecting.isDone() && !connecting.join().isConnected()));
			await().until(() -> node.users().getUser("carl") == null);
		}
	}

	private StompSession connect(StompNode node, @Nullable String user) {
		StandardWebSocketClient client = new StandardWebSocketClient();
		// 5 s by default, which a busy machine may need
		client.setUserProperties(Map.of("org.apache.tomcat.websocket.IO_TIMEOUT_MS", "20000"));
		return connect(client, "ws://127.0.0.1:" + node.port() + "/ws", user);
	}

	private StompSession poll(StompNode node, @Nullable String user) {
		SockJsClient polling = new SockJsClient(List.of(new RestTemplateXhrTransport(new RestTemplate())));
		return connect(polling, "http://127.0.0.1:" + node.port() + "/sockjs", user);
	}

	private StompSession connect(WebSocketClient client, String url, @Nullable String user) {
		StompHeaders headers = new StompHeaders();
		if (user != null) {
			headers.setLogin(user);
		}
		StompSession session = new WebSocketStompClient(client)
			.connectAsync(url, new WebSocketHttpHeaders(), headers, new StompSessionHandlerAdapter() {
			})
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
		synchronized (this.clients) {
			this.clients.add(session);
		}
		return session;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSocketMessageBroker
	static class App implements WebSocketMessageBrokerConfigurer {

		private final Authentication authentication = new Authentication();

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory();
		}

		@Bean
		Authentication authentication() {
			return this.authentication;
		}

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			DefaultHandshakeHandler standard = new DefaultHandshakeHandler(new StandardWebSocketUpgradeStrategy());
			registry.addEndpoint("/ws").setHandshakeHandler(standard);
			registry.addEndpoint("/sockjs").withSockJS();
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

		@Override
		public void configureClientInboundChannel(ChannelRegistration registration) {
			registration.interceptors(this.authentication);
		}

	}

	/**
	 * Takes a client for whom it says it is, maybe after a while.
	 */
	static class Authentication implements ChannelInterceptor {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		private volatile boolean hold;

		@Override
		public Message<?> preSend(Message<?> message, MessageChannel channel) {
			StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
			if (accessor != null && accessor.getCommand() == StompCommand.CONNECT && accessor.getLogin() != null) {
				String login = accessor.getLogin();
				accessor.setUser(() -> login);
				if (this.hold) {
					this.entered.countDown();
					awaitRelease();
				}
			}
			return message;
		}

		private void awaitRelease() {
			try {
				assertThat(this.release.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
