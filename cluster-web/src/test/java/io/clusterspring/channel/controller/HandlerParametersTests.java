package io.clusterspring.channel.controller;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.EventName;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.OnLeave;
import io.clusterspring.channel.OnMessage;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.TopicMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for controllers that could not be called as they are declared.
 */
class HandlerParametersTests {

	private final ChannelControllers controllers = new ChannelControllers(null,
			new JacksonPayloadCodec(JsonMapper.shared()));

	static Stream<Arguments> mistakes() {
		String type = "is of a type that no payload can be read as";
		return Stream.of(
				Arguments.of(new Session(),
						"The @OnJoin method " + Session.class.getName() + ".join cannot be called: its parameter "
								+ "org.springframework.web.socket.WebSocketSession session " + type),
				Arguments.of(new Request(),
						"The @OnEvent method " + Request.class.getName() + ".ping cannot be called: its parameter "
								+ "io.clusterspring.channel.SocketRequest request " + type),
				Arguments.of(new Whole(),
						"Whole.ping cannot be called: its parameter "
								+ "org.springframework.messaging.Message<java.lang.String> message " + type),
				Arguments.of(new Headed(), "its parameter java.lang.String token has @Header, which channels do not"),
				Arguments.of(new Two(),
						"Two.ping has several parameters for the one payload: java.lang.String name and "
								+ "int count"),
				Arguments.of(new Variable(),
						"its parameter java.lang.String rom is the variable {rom}, which no "
								+ "pattern of the controller has"),
				Arguments.of(new Leaving(), "its parameter java.lang.String reason is neither the channel nor of it"),
				Arguments.of(new JoinWithEvent(),
						"JoinWithEvent.join cannot be called: its parameter java.lang.String event has @EventName, "
								+ "but only @OnEvent and @OnBroadcast methods have an event"),
				Arguments.of(new NumberedEvent(), "its parameter int event has @EventName, which is a String"),
				Arguments.of(new EventWithReason(),
						"its parameter io.clusterspring.channel.LeaveReason reason is a reason, which only an @OnLeave "
								+ "method has"),
				Arguments.of(new Heard(), "its parameter io.clusterspring.channel.ChannelPayload payload " + type),
				Arguments.of(new Intercepted(), "its parameter io.clusterspring.pubsub.TopicMessage message " + type));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void parameterThatCannotBeSuppliedIsRefused(Object controller, String message) {
		assertThatExceptionOfType(ChannelMappingException.class)
			.isThrownBy(() -> this.controllers.routes(new StaticListableBeanFactory(Map.of("one", controller))))
			.withMessageContaining(message)
			.satisfies((failure) -> assertThat(failure.action()).startsWith("A method may have the Channel"));
	}

	@Test
	void allThatCanBeSuppliedIsAccepted() {
		assertThat(this.controllers.routes(new StaticListableBeanFactory(Map.of("all", new Everything())))).hasSize(2);
	}

	@Test
	void handlerMethodOfABeanThatIsNoControllerIsRefused() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("everything", new Everything());
		assertThat(this.controllers.routes(beans)).hasSize(2);
		DefaultListableBeanFactory lost = new DefaultListableBeanFactory();
		lost.registerBeanDefinition("lost", BeanDefinitionBuilder.rootBeanDefinition(Lost.class).getBeanDefinition());
		assertThatExceptionOfType(ChannelMappingException.class).isThrownBy(() -> this.controllers.routes(lost))
			.withMessage("No channel calls Lost.join, Lost.ping, because " + Lost.class.getName()
					+ " is no @ChannelController");
	}

	@Test
	void controllerBehindAProxyIsNoBeanOfAnother() {
		ProxyFactory proxies = new ProxyFactory(new Everything());
		proxies.setProxyTargetClass(true);
		assertThat(this.controllers.routes(new StaticListableBeanFactory(Map.of("proxy", proxies.getProxy()))))
			.hasSize(2);
	}

	record Order(String name, int count) {

		Order {
			if (name == null) {
				throw new IllegalStateException("no name");
			}
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	interface Shape {

	}

	enum Colour {

		RED

	}

	@ChannelController({ "room:{room}", "lobby" })
	static class Everything {

		@OnJoin
		void join(Channel channel, Principal user, @DestinationVariable String room,
				@DestinationVariable("other") Optional<String> other, Order order) {
		}

		@OnEvent("raw")
		void raw(ChannelPayload payload, @Payload Order order) {
		}

		@OnEvent("shape")
		void shape(Shape shape) {
		}

		@OnEvent("colour")
		void colour(Colour colour) {
		}

		@OnEvent("list")
		void list(List<Order> orders) {
		}

		@OnEvent("tree")
		void tree(JsonNode tree) {
		}

		@OnEvent("map")
		void map(Map<String, Object> map) {
		}

		@OnEvent("object")
		void object(Object object) {
		}

		@OnEvent("bytes")
		void bytes(byte[] bytes) {
		}

		@OnEvent("number")
		void number(int number) {
		}

		@OnEvent("none")
		void none() {
		}

		@OnBroadcast("news")
		Object news(Channel channel, ChannelPayload payload) {
			return payload;
		}

		@OnMessage
		void message(TopicMessage message) {
		}

		@OnLeave
		void leave(Channel channel, Optional<Principal> user) {
		}

	}

	@ChannelController("room:*")
	static class Session {

		@OnJoin
		void join(WebSocketSession session) {
		}

	}

	@ChannelController("room:*")
	static class Request {

		@OnEvent("ping")
		void ping(SocketRequest request) {
		}

	}

	@ChannelController("room:*")
	static class Whole {

		@OnEvent("ping")
		void ping(Message<String> message) {
		}

	}

	@ChannelController("room:*")
	static class Headed {

		@OnEvent("ping")
		void ping(@Header String token) {
		}

	}

	@ChannelController("room:*")
	static class Two {

		@OnEvent("ping")
		void ping(String name, int count) {
		}

	}

	@ChannelController("room:{room}")
	static class Variable {

		@OnEvent("ping")
		void ping(@DestinationVariable String rom) {
		}

	}

	@ChannelController("room:*")
	static class Leaving {

		@OnLeave
		void leave(String reason) {
		}

	}

	@ChannelController("room:*")
	static class JoinWithEvent {

		@OnJoin
		void join(@EventName String event) {
		}

	}

	@ChannelController("room:*")
	static class EventWithReason {

		@OnEvent("ping")
		void ping(LeaveReason reason) {
		}

	}

	@ChannelController("room:*")
	static class NumberedEvent {

		@OnEvent("ping")
		void ping(@EventName int event) {
		}

	}

	@ChannelController("room:*")
	static class Heard {

		@OnMessage
		void heard(ChannelPayload payload) {
		}

	}

	@ChannelController("room:*")
	static class Intercepted {

		@OnBroadcast("news")
		Object news(TopicMessage message) {
			return message;
		}

	}

	@Component
	static class Lost {

		@OnJoin
		void join() {
		}

		@OnEvent("ping")
		void ping() {
		}

	}

}
