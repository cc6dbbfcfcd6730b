package io.clusterspring.upgrade;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.security.Principal;
import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.StartReason;
import io.clusterspring.presence.Presence;
import io.clusterspring.pubsub.PubSub;

/**
 * An application with a bit of everything. It is compiled against this release and
 * against an earlier one, so it uses nothing but what applications may. It tells of what
 * happens on its output, and takes commands from its input.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSocketMessageBroker
@Import({ UpgradeNode.Room.class, UpgradeNode.Job.class })
public class UpgradeNode implements WebSocketMessageBrokerConfigurer {

	/**
	 * Run until the input says so.
	 * @param arguments properties
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		ConfigurableApplicationContext context = new SpringApplication(UpgradeNode.class).run(arguments);
		PubSub pubSub = context.getBean(PubSub.class);
		pubSub.subscribe("news", String.class, (text) -> tell("news " + text));
		tell("ready " + ((ServletWebServerApplicationContext) context).getWebServer().getPort());
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
		for (String line = commands.readLine(); line != null && !line.equals("leave"); line = commands.readLine()) {
			String[] words = line.split(" ");
			if (words[0].equals("news")) {
				pubSub.broadcast("news", words[1]);
			}
			else {
				context.getBean(SimpMessagingTemplate.class).convertAndSendToUser(words[0], "/queue/mail", words[1]);
			}
		}
		context.close();
		System.exit(0);
	}

	private static synchronized void tell(String event) {
		System.out.println("@" + event);
	}

	@Bean
	TomcatServletWebServerFactory webServerFactory() {
		return new TomcatServletWebServerFactory();
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint("/ws").setHandshakeHandler(new ByQuery());
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic", "/queue");
	}

	private static final class ByQuery extends DefaultHandshakeHandler {

		ByQuery() {
			// Jetty is on the class path as well
			super(new StandardWebSocketUpgradeStrategy());
		}

		@Override
		protected Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
				Map<String, Object> attributes) {
			String query = request.getURI().getQuery();
			return () -> query;
		}

	}

	@ChannelController("room:{room}")
	static class Room {

		private final ObjectProvider<Presence> presence;

		Room(ObjectProvider<Presence> presence) {
			this.presence = presence;
		}

		@OnJoin
		void join(Channel channel, Map<String, Object> request) {
			this.presence.getObject().track(channel, String.valueOf(request.get("user")), Map.of("at", "desk"));
		}

		@OnEvent("say")
		void say(Channel channel, ChannelPayload payload) {
			channel.broadcast("said", payload);
		}

	}

	static class Job implements DistributedApplication {

		@Override
		public String name() {
			return "job";
		}

		@Override
		public void start(StartReason reason) {
			tell("job started");
		}

		@Override
		public void stop() {
			tell("job stopped");
		}

	}

}
