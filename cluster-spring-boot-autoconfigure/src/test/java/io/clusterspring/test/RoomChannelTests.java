package io.clusterspring.test;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.Payload;

import io.clusterspring.Node;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.Reply;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test as the developers of an application would write it: two nodes, and a network
 * that is partitioned and healed.
 */
@SpringBootTest(properties = { "cluster.name=rooms", "cluster.transport=local", "cluster.node=n1@local" })
class RoomChannelTests {

	@Autowired
	private ApplicationContext n1;

	@Autowired
	private LocalNetwork network;

	@Test
	void joinNeedsAName() {
		try (ChannelTestClient client = ChannelTestClient.connect(this.n1)) {
			assertThat(client.expectJoinRefused("room:lobby", Map.of()).json()).contains("who are you?");
		}
	}

	@Test
	void messagesReachTheRoomOnBothNodesUnlessTheNetworkIsPartitioned() {
		try (ConfigurableApplicationContext n2 = secondNode();
				ChannelTestClient alice = ChannelTestClient.connect(this.n1);
				ChannelTestClient bob = ChannelTestClient.connect(n2)) {
			TestChannel here = alice.join("room:lobby", Map.of("name", "alice"));
			TestChannel there = bob.join("room:lobby", Map.of("name", "bob"));

			here.push("new_msg", new NewMessage("hello")).expectOk();
			assertThat(there.expectBroadcast("new_msg").payload(NewMessage.class)).isEqualTo(new NewMessage("hello"));

			this.network.partition(Set.of(Node.of("n2@local")));
			here.push("new_msg", new NewMessage("lost")).expectOk();
			here.expectBroadcast("new_msg");

			this.network.heal();
			here.push("new_msg", new NewMessage("again")).expectOk();
			assertThat(there.expectBroadcast("new_msg").payload(NewMessage.class)).isEqualTo(new NewMessage("again"));
		}
	}

	private static ConfigurableApplicationContext secondNode() {
		return new SpringApplicationBuilder(ChatApplication.class).run("--cluster.name=rooms",
				"--cluster.transport=local", "--cluster.node=n2@local", "--spring.main.web-application-type=none");
	}

	record NewMessage(String text) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(RoomChannel.class)
	static class ChatApplication {

	}

	@ChannelController("room:{room}")
	static class RoomChannel {

		@OnJoin
		Reply join(Map<String, Object> payload) {
			return payload.containsKey("name") ? Reply.ok() : Reply.refuse("who are you?");
		}

		@OnEvent("new_msg")
		Reply message(Channel channel, @Payload NewMessage message) {
			channel.broadcast("new_msg", message);
			return Reply.ok();
		}

	}

}
