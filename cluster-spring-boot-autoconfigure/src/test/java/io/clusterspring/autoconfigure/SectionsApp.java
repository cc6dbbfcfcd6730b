package io.clusterspring.autoconfigure;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.IdleApplication;
import io.clusterspring.http.events.TopicEventsAuthorizer;
import io.clusterspring.presence.Presence;
import io.clusterspring.stomp.ByQuery;

/**
 * An application that has something to show in each section.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ SectionsApp.Rooms.class, SectionsApp.Broker.class })
class SectionsApp {

	@Bean
	SocketAuthorizer byName() {
		return (request) -> SocketAuthorization.accept()
			.withUser(() -> request.parameter("user"))
			.withId("user_socket:" + request.parameter("user"));
	}

	@Bean
	TopicEventsAuthorizer everybody() {
		return (topic, request) -> SocketAuthorization.accept();
	}

	@Bean
	DistributedApplication invoices() {
		return new IdleApplication("invoices");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Broker implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp").setHandshakeHandler(new ByQuery());
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic", "/queue");
		}

	}

	@ChannelController({ "room:*", "hall:*" })
	static class Rooms {

		private final Presence presence;

		Rooms(Presence presence) {
			this.presence = presence;
		}

		@OnJoin
		void join(Channel channel, Principal user) {
			if (channel.topic().startsWith("hall:") && channel.topic().length() == "hall:1".length()) {
				Map<String, Object> meta = new LinkedHashMap<>();
				meta.put("mood", "fine");
				meta.put("level", 7);
				meta.put("rest", List.of(1, 2));
				this.presence.track(channel, user.getName(), meta);
			}
		}

	}

}
