package io.clusterspring.benchmarks.channels;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.OnEvent;

/**
 * A node with rooms that do as little as possible, so that the cost of channels is
 * measured.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(RoomNode.Room.class)
public class RoomNode {

	/**
	 * Run the node until the process is told to end.
	 * @param arguments properties, as for any Spring Boot application
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(RoomNode.class, arguments);
	}

	@ChannelController("room:{room}")
	static class Room {

		@OnEvent("new_msg")
		void say(Channel channel, ChannelPayload payload) {
			channel.broadcast("new_msg", payload);
		}

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

	}

}
