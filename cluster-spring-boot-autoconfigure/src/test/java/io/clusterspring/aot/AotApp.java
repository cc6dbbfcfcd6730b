package io.clusterspring.aot;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import io.clusterspring.Cluster;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.OnLeave;
import io.clusterspring.failover.OnOneNode;
import io.clusterspring.presence.Presence;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicListener;

/**
 * An application with something of everything: channels with records as payloads,
 * presence, a topic, a method on one node, STOMP. It is processed ahead of time.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSecurity
@EnableScheduling
@EnableWebSocketMessageBroker
@Import({ AotApp.Room.class, AotApp.Newsroom.class, AotApp.Job.class })
public class AotApp implements WebSocketMessageBrokerConfigurer {

	/**
	 * Run a node until it is killed.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		ConfigurableApplicationContext context = SpringApplication.run(AotApp.class, arguments);
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		System.out.println("@ready " + port + " generated=" + AotDetector.useGeneratedArtifacts());
	}

	@Bean
	TomcatServletWebServerFactory webServerFactory() {
		return new TomcatServletWebServerFactory();
	}

	@Bean
	SecurityFilterChain everybody(HttpSecurity http) throws Exception {
		return http.csrf((csrf) -> csrf.disable())
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		// both Tomcat and Jetty are on the class path
		registry.addEndpoint("/ws")
			.setHandshakeHandler(new DefaultHandshakeHandler(new StandardWebSocketUpgradeStrategy()));
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic");
	}

	record Entry(@NotBlank String user, int seat) {
	}

	record Welcome(String user, String node, Shelf shelf) {
	}

	record Shelf(int books) {
	}

	record Words(String text) {
	}

	record Echo(Words words) {
	}

	record News(String headline, Shelf shelf) {
	}

	record Place(int seat) {
	}

	@ChannelController("room:{room}")
	@RegisterReflectionForBinding(Place.class)
	static class Room extends Talk {

		private final Cluster cluster;

		private final Presence presence;

		private final PubSub pubSub;

		Room(Cluster cluster, Presence presence, PubSub pubSub) {
			this.cluster = cluster;
			this.presence = presence;
			this.pubSub = pubSub;
		}

		@OnJoin
		Welcome join(Channel channel, @DestinationVariable String room, Optional<Principal> user,
				@Valid @Payload Entry entry) {
			this.presence.track(channel, entry.user(), new Place(entry.seat()));
			return new Welcome(entry.user(), this.cluster.self().toString(), new Shelf(room.length()));
		}

		@OnEvent("publish")
		void publish(Words words) {
			this.pubSub.broadcast("news", new News(words.text(), new Shelf(7)));
		}

	}

	static class Talk {

		@OnEvent("say")
		void say(Channel channel, Words words) {
			channel.broadcast("said", Map.of("text", words.text()));
		}

		@OnEvent("echo")
		CompletionStage<Echo> echo(Words words) {
			return CompletableFuture.completedFuture(new Echo(words));
		}

		@OnLeave
		void left(Channel channel) {
			System.out.println("@left " + channel.topic());
		}

	}

	static class Newsroom {

		private final Channels channels;

		Newsroom(Channels channels) {
			this.channels = channels;
		}

		@TopicListener("news")
		void on(News news) {
			this.channels.broadcastLocal("room:1", "news", Map.of("read", news.headline() + news.shelf().books()));
		}

	}

	static class Job {

		@Scheduled(fixedDelay = 100)
		@OnOneNode("job")
		void run() {
			System.out.println("@job");
		}

	}

}
