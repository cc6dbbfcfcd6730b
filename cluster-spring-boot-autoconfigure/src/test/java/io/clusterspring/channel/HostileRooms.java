package io.clusterspring.channel;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

import io.clusterspring.presence.Presence;

/**
 * The application under attack by hostile clients. It counts the calls that must not
 * happen.
 */
public final class HostileRooms {

	private HostileRooms() {
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	@Import({ Room.class, Vip.class, Crash.class, Forgery.class })
	static class Application {

	}

	/**
	 * Accepts every client and tracks it.
	 */
	@ChannelController("room:{room}")
	static class Room {

		private final Presence presence;

		final Semaphore blocked = new Semaphore(0);

		Room(Presence presence) {
			this.presence = presence;
		}

		@OnJoin
		Reply join(Channel channel, ChannelPayload payload) {
			JsonNode json = payload.isBinary() ? null : payload.as(JsonNode.class);
			if (json != null && json.has("user")) {
				this.presence.track(channel, json.get("user").asString(), Map.of());
			}
			return Reply.ok();
		}

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

		@OnEvent("shout")
		void shout(Channel channel, ChannelPayload payload) {
			channel.broadcast("shouted", payload);
		}

		@OnEvent("quiet")
		void quiet() {
		}

		@OnEvent("fail")
		void fail(ChannelPayload payload) {
			throw new IllegalStateException(payload.as(JsonNode.class).path("a").asString());
		}

		@OnEvent("block")
		void block() throws InterruptedException {
			this.blocked.acquire();
		}

	}

	/**
	 * Refuses every client.
	 */
	@ChannelController("vip:{room}")
	static class Vip {

		final AtomicInteger handled = new AtomicInteger();

		@OnJoin
		Reply join() {
			return Reply.refuse("unauthorized");
		}

		@OnEvent("say")
		Reply say() {
			this.handled.incrementAndGet();
			return Reply.ok();
		}

	}

	/**
	 * Throws on every join.
	 */
	@ChannelController("crash:{room}")
	static class Crash {

		final AtomicInteger handled = new AtomicInteger();

		@OnJoin
		Reply join() {
			throw new IllegalStateException("as wanted");
		}

		@OnEvent("say")
		Reply say() {
			this.handled.incrementAndGet();
			return Reply.ok();
		}

	}

	/**
	 * Used by one test only, because not all repeated failures are logged.
	 */
	@ChannelController("forgery:{room}")
	static class Forgery {

		@OnJoin
		Reply join(Channel channel) {
			if (channel.topic().endsWith("refused")) {
				throw new IllegalStateException("as wanted");
			}
			return Reply.ok();
		}

		@OnEvent("fail")
		void fail(ChannelPayload payload) {
			throw new IllegalStateException(payload.as(JsonNode.class).path("a").asString());
		}

	}

}
