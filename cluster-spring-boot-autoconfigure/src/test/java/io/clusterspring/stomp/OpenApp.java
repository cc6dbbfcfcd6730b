package io.clusterspring.stomp;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.IdleApplication;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PubSub;

/**
 * An application with a STOMP broker and a channel controller that lets clients join any
 * topic, broadcast any bytes, and block its threads.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ StompApp.class, OpenApp.Anything.class })
class OpenApp {

	@Bean
	SocketAuthorizer socketAuthorizer() {
		return (request) -> SocketAuthorization.accept()
			.withId(Objects.requireNonNullElse(request.parameter("id"), "anybody"));
	}

	@Bean
	DistributedApplication job() {
		return new IdleApplication("job");
	}

	@ChannelController("*")
	static class Anything {

		final CountDownLatch released = new CountDownLatch(1);

		private final PubSub pubSub;

		Anything(PubSub pubSub) {
			this.pubSub = pubSub;
		}

		@OnEvent("plain")
		void plain(Channel channel, ChannelPayload payload) {
			this.pubSub.broadcast(channel.topic(), payload.bytes());
		}

		@OnEvent("event")
		void event(Channel channel, ChannelPayload payload) {
			this.pubSub.broadcast(channel.topic(), new Broadcast("event", payload.bytes()));
		}

		@OnEvent("say")
		void say(Channel channel) {
			channel.broadcast("said", Map.of("by", List.of(channel.topic())));
		}

		@OnEvent("block")
		void block() throws InterruptedException {
			this.released.await();
		}

	}

}
