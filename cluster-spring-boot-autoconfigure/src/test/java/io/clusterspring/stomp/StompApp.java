package io.clusterspring.stomp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * An application like in Spring's documentation, without any code for a cluster. The name
 * of a user is the query of the request.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSocketMessageBroker
@Import({ StompApp.Greetings.class, StompApp.Heard.class })
class StompApp implements WebSocketMessageBrokerConfigurer {

	private final Environment environment;

	StompApp(Environment environment) {
		this.environment = environment;
	}

	@Bean
	TomcatServletWebServerFactory webServerFactory() {
		return new TomcatServletWebServerFactory();
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint("/ws").setHandshakeHandler(new ByQuery());
		registry.addEndpoint("/sockjs").withSockJS().setHttpMessageCacheSize(10_000);
		registry.setPreserveReceiveOrder(isOrdered());
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic", "/queue", "/news").setSelectorHeaderName("selector");
		registry.setApplicationDestinationPrefixes("/app");
		registry.setPreservePublishOrder(isOrdered());
	}

	@Override
	public void configureClientInboundChannel(ChannelRegistration registration) {
		registration.interceptors(new Veto());
	}

	private boolean isOrdered() {
		return this.environment.getProperty("ordered", Boolean.class, true);
	}

	private static final class Veto implements ChannelInterceptor {

		@Override
		public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
			boolean refused = SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) == SimpMessageType.MESSAGE
					&& "/topic/forbidden".equals(SimpMessageHeaderAccessor.getDestination(message.getHeaders()));
			return refused ? null : message;
		}

	}

	record Greeting(String text, int number) {
	}

	@Controller
	static class Greetings {

		final List<Object> calls = new CopyOnWriteArrayList<>();

		@MessageMapping("/shout")
		@SendTo("/topic/shouts")
		Greeting shout(Greeting greeting) {
			this.calls.add(greeting);
			return new Greeting(greeting.text().toUpperCase(), greeting.number());
		}

		@MessageMapping("/one")
		@SendToUser(destinations = "/queue/replies", broadcast = false)
		Greeting one(Greeting greeting) {
			return greeting;
		}

		@MessageMapping("/all")
		@SendToUser("/queue/replies")
		Greeting all(Greeting greeting) {
			return greeting;
		}

		@SubscribeMapping("/welcome")
		Greeting welcome() {
			return new Greeting("welcome", 0);
		}

		// no client sends here, but a message from another node could arrive here by
		// mistake
		@MessageMapping("/topic/anything")
		void never(String anything) {
			this.calls.add(anything);
		}

	}

	static class Heard {

		final List<StompSessionEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(StompSessionEvent event) {
			this.events.add(event);
		}

	}

}
