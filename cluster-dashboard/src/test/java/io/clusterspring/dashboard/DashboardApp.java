package io.clusterspring.dashboard;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnEvent;
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
		System.out.println("@ready");
	}

	private static Principal named(String name) {
		return () -> name;
	}

	@EventListener
	void close(ContextClosedEvent closed) {
		this.clients.forEach(ChannelTestClient::close);
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
			registry.addEndpoint("/stomp");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

	}

}
