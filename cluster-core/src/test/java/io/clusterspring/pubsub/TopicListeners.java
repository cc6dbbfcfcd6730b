package io.clusterspring.pubsub;

import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * Beans with valid and invalid listeners of topics.
 */
final class TopicListeners {

	private TopicListeners() {
	}

	record Order(String id) {
	}

	record Placeholders(Heard<Object> heard) {

		@TopicListener({ "orders:${region}", "orders:${other:world}" })
		void on(String order) {
			this.heard.accept(order);
		}

	}

	record Orders(Heard<Object> heard) {

		@TopicListener("orders")
		void on(List<Order> orders) {
			orders.forEach((order) -> this.heard.accept(order.id()));
		}

	}

	record Failing(Heard<Object> heard) {

		@TopicListener("topic")
		void on(String text) {
			Assert.state(!text.equals("bad"), "cannot take bad");
			this.heard.accept(text);
		}

	}

	static class Everything {

		private final Heard<Object> heard;

		Everything(Heard<Object> heard) {
			this.heard = heard;
		}

		@TopicListener("all")
		void on(TopicMessage message) {
			this.heard.accept(message);
		}

	}

	interface Listener {

		void on(String text);

	}

	record Proxied(Heard<Object> heard) implements Listener {

		@Override
		@TopicListener("topic")
		public void on(String text) {
			this.heard.accept(text);
		}

	}

	record Hidden(Heard<Object> heard) implements Listener {

		@Override
		public void on(String text) {
		}

		@TopicListener("topic")
		void hidden(String text) {
			this.heard.accept(text);
		}

	}

	static class NoParameter {

		@TopicListener("topic")
		void on() {
		}

	}

	static class TwoParameters {

		@TopicListener("topic")
		void on(String first, String second) {
		}

	}

	static class Headed {

		@TopicListener("topic")
		void on(@Value("text") String text) {
		}

	}

	static class Unreadable {

		@TopicListener("topic")
		void on(PubSub pubSub) {
		}

	}

	static class NoTopic {

		@TopicListener({})
		void on(String text) {
		}

	}

	static class Unnamed {

		@TopicListener("")
		void on(String text) {
		}

	}

	static class Emptied {

		@TopicListener("${region:}")
		void on(String text) {
		}

	}

	static class Unset {

		@TopicListener("orders:${region}")
		void on(String text) {
		}

	}

	static class Malformed {

		@TopicListener("orders:\uD800")
		void on(String text) {
		}

	}

	record Patterns(Heard<Object> heard) {

		@TopicListener({ "room:*", "room:{room}", "room:1" })
		void on(String text) {
			this.heard.accept(text);
		}

	}

	record Early(PubSub pubSub) implements SmartLifecycle {

		@Override
		public void start() {
			this.pubSub.broadcast("all", "from a lifecycle");
		}

		@Override
		public void stop() {
		}

		@Override
		public int getPhase() {
			return Integer.MIN_VALUE;
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

}
