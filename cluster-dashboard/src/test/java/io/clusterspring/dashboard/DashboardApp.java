package io.clusterspring.dashboard;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.IdleApplication;
import io.clusterspring.presence.Presence;
import io.clusterspring.test.ChannelTestClient;

/**
 * One node in a process of its own, with clients that need no network.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ DashboardApp.Rooms.class, DashboardApp.Broker.class })
public class DashboardApp {

	/** A name that would run a script if it were markup. */
	static final String HOSTILE = "<img src=x onerror=\"document.title='run'\">";

	private static final int JOINED = 5000;

	private final List<ChannelTestClient> clients = new ArrayList<>();

	@Value("${crowd:0}")
	private int crowd;

	/**
	 * Run a node until it is killed.
	 * @param arguments the properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(DashboardApp.class, arguments);
	}

	@EventListener
	void connect(ApplicationReadyEvent ready) {
		ApplicationContext context = ready.getApplicationContext();
		for (int i = 0; i < this.crowd; i++) {
			Principal user = named("user-" + i % 500);
			ChannelTestClient client = ChannelTestClient.on(context).user(user).connect();
			if (i < JOINED) {
				client.join("room:" + i % 50);
			}
			this.clients.add(client);
		}
		ChannelTestClient hostile = ChannelTestClient.on(context).user(named("<b>mallory</b>")).connect();
		hostile.join("room:" + HOSTILE);
		this.clients.add(hostile);
		context.getBean(Presence.class).track(this, "room:" + HOSTILE, "<b>mallory</b>", Map.of("mood", HOSTILE));
		System.out.println("@ready");
	}

	private static Principal named(String name) {
		return () -> name;
	}

	@EventListener
	void close(ContextClosedEvent closed) {
		this.clients.forEach(ChannelTestClient::close);
	}

	@Bean
	DistributedApplication invoices() {
		return new IdleApplication("invoices");
	}

	/** Takes everybody. */
	@ChannelController("room:{room}")
	static class Rooms {

		@OnEvent("new_msg")
		void say() {
		}

	}

	@EnableWebSocketMessageBroker
	static class Broker implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			// there may be two servers on the class path
			registry.addEndpoint("/stomp")
				.setHandshakeHandler(new DefaultHandshakeHandler(new StandardWebSocketUpgradeStrategy()));
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

	}

}
