package io.clusterspring.channel.controller;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.OnRefresh;
import io.clusterspring.pubsub.JacksonPayloadCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for controllers with methods that could never be called, or of which only one
 * could.
 */
class ControllerMistakesTests {

	private final ChannelControllers controllers = new ChannelControllers(null,
			new JacksonPayloadCodec(JsonMapper.shared()));

	static Stream<Arguments> mistakes() {
		return Stream.of(
				Arguments.of(new TwoForOneEvent(),
						"The @OnEvent methods " + method(TwoForOneEvent.class, "one()") + " and "
								+ method(TwoForOneEvent.class, "other(Channel)")
								+ " are both for the event 'ping', and only one of them could get it",
						"change or remove one of the two"),
				Arguments.of(new TwoForOnePattern(), "are both for the event 'item:*'",
						"change or remove one of the two"),
				Arguments.of(new TwoBroadcasts(),
						"The @OnBroadcast methods " + method(TwoBroadcasts.class, "one(String)") + " and "
								+ method(TwoBroadcasts.class, "other(String)") + " are both for the event 'news'",
						"change or remove one of the two"),
				Arguments.of(new TwoJoins(), "The @OnJoin methods " + method(TwoJoins.class, "join()") + " and "
						+ method(TwoJoins.class, "join(Channel)") + " are in one controller, which can have only one",
						"Keep one @OnJoin method"),
				Arguments.of(new StarInside(),
						"The @OnEvent method " + method(StarInside.class, "one()")
								+ " is for the event 'a*b': a * may be at the end of an event only",
						"item:*"),
				Arguments.of(new Unnamed(),
						"The @OnBroadcast method " + method(Unnamed.class, "one(String)")
								+ " is for an event without a name",
						"new_msg"),
				Arguments.of(new NoEvent(),
						"The @OnEvent method " + method(NoEvent.class, "one()") + " is for no event, so nothing calls",
						"new_msg"),
				Arguments.of(new UndecidedRefresh(),
						"The @OnRefresh method " + method(UndecidedRefresh.class, "refresh()")
								+ " returns boolean, which does not say whether the client may stay",
						"Return a Reply (Reply.ok() or Reply.refuse(...)), or void."),
				Arguments.of(new NoPattern(),
						"The @ChannelController " + NoPattern.class.getName()
								+ " has no pattern, so no client can join a channel of it",
						"@ChannelController(\"room:*\")"));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void mistakeIsTold(Object controller, String message, String action) {
		assertThatExceptionOfType(ChannelMappingException.class).isThrownBy(() -> routes(controller))
			.withMessageStartingWith("The @")
			.withMessageContaining(message)
			.satisfies((failure) -> assertThat(failure.action()).contains(action));
	}

	static Stream<Object> reserved() {
		return Stream.of(new Join(), new Leave(), new Close(), new Failure(), new Answer(), new Protocol());
	}

	@ParameterizedTest
	@MethodSource("reserved")
	void eventOfTheProtocolNeverComesToAMethod(Object controller) {
		assertThatExceptionOfType(ChannelMappingException.class).isThrownBy(() -> routes(controller))
			.withMessageStartingWith(
					"The @OnEvent method " + method(controller.getClass(), "one()") + " is for the event 'phx_")
			.withMessageEndingWith(
					"', which never comes to a method: events that begin with phx_ are the protocol's own")
			.satisfies((failure) -> assertThat(failure.action()).contains("@OnJoin", "@OnLeave", "another name"));
	}

	@Test
	void eventThatMayComeIsAccepted() {
		assertThat(routes(new Accepted())).isEqualTo(1);
	}

	private int routes(Object controller) {
		return this.controllers.routes(new StaticListableBeanFactory(Map.of("one", controller))).size();
	}

	private static String method(Class<?> type, String method) {
		return type.getName() + "." + method;
	}

	@ChannelController("room:*")
	static class Accepted {

		@OnEvent({ "phx*", "phx-join", "heartbeat", "*" })
		void one() {
		}

		// the application itself may broadcast it
		@OnBroadcast({ "phx_close", "phx*" })
		String closed(String payload) {
			return payload;
		}

	}

	@ChannelController("room:*")
	static class TwoForOneEvent {

		@OnEvent({ "hello", "ping" })
		void one() {
		}

		@OnEvent("ping")
		void other(Channel channel) {
		}

	}

	@ChannelController("room:*")
	static class TwoForOnePattern {

		@OnEvent("item:*")
		void one() {
		}

		@OnEvent({ "*", "item:*" })
		void other() {
		}

	}

	@ChannelController("room:*")
	static class TwoBroadcasts {

		@OnBroadcast("news")
		String one(String news) {
			return news;
		}

		@OnBroadcast("news")
		String other(String news) {
			return news;
		}

	}

	@ChannelController("room:*")
	static class TwoJoins {

		@OnJoin
		void join() {
		}

		@OnJoin
		void join(Channel channel) {
		}

	}

	@ChannelController("room:*")
	static class StarInside {

		@OnEvent("a*b")
		void one() {
		}

	}

	@ChannelController("room:*")
	static class Unnamed {

		@OnBroadcast("")
		String one(String news) {
			return news;
		}

	}

	@ChannelController("room:*")
	static class NoEvent {

		@OnEvent({})
		void one() {
		}

	}

	@ChannelController("room:*")
	static class UndecidedRefresh {

		@OnRefresh
		boolean refresh() {
			return false;
		}

	}

	@ChannelController({})
	static class NoPattern {

		@OnEvent("ping")
		void one() {
		}

	}

	@ChannelController("room:*")
	static class Join {

		@OnEvent("phx_join")
		void one() {
		}

	}

	@ChannelController("room:*")
	static class Leave {

		@OnEvent({ "ping", "phx_leave" })
		void one() {
		}

	}

	@ChannelController("room:*")
	static class Close {

		@OnEvent("phx_close")
		void one() {
		}

	}

	@ChannelController("room:*")
	static class Failure {

		@OnEvent("phx_error")
		void one() {
		}

	}

	@ChannelController("room:*")
	static class Answer {

		@OnEvent("phx_reply")
		void one() {
		}

	}

	@ChannelController("room:*")
	static class Protocol {

		@OnEvent("phx_*")
		void one() {
		}

	}

}
