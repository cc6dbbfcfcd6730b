package io.clusterspring.benchmarks.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.benchmarks.NodeProcess;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryStatistics;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.ClusterWire.WireStatistics;
import io.clusterspring.wire.FrameKind;

/**
 * A node with rooms, as a process of its own. It publishes in all rooms, and reads one
 * command per line from its input.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(HistoryNode.Room.class)
public class HistoryNode {

	/**
	 * Run the node until the end of its input.
	 * @param arguments properties, as for any Spring Boot application
	 * @throws IOException if the commands cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		PrintStream answers = System.out;
		try (ConfigurableApplicationContext context = SpringApplication.run(HistoryNode.class, arguments);
				RoomPublisher publisher = new RoomPublisher(context.getBean(Channels.class));
				Watch watch = new Watch()) {
			answers.println(NodeProcess.ANSWER + "ready");
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = commands.readLine(); line != null; line = commands.readLine()) {
				answers.println(NodeProcess.ANSWER + execute(context, publisher, watch, line.split(" ")));
			}
		}
	}

	private static Object execute(ConfigurableApplicationContext context, RoomPublisher publisher, Watch watch,
			String[] command) {
		return switch (command[0]) {
			case "publish" -> publisher.publish(number(command[1]), number(command[2]), number(command[3]));
			case "fill" -> publisher.fill(command[1], number(command[2]), number(command[3]), number(command[4]));
			case "sent" -> publisher.sent();
			case "cpu" -> Watch.cpu();
			case "watch" -> watch.begin();
			case "watched" -> watch.end();
			case "heap" -> Watch.live();
			case "kept" -> kept(context.getBean(ClusterHistory.class).statistics());
			case "wire" -> wire(context.getBean(ClusterWire.class));
			default -> throw new IllegalArgumentException("Unknown command " + command[0]);
		};
	}

	private static int number(String text) {
		return Integer.parseInt(text);
	}

	private static String kept(HistoryStatistics statistics) {
		return statistics.messages() + " " + statistics.bytes();
	}

	private static long wire(ClusterWire wire) {
		WireStatistics topics = wire.statistics(FrameKind.TOPIC);
		WireStatistics histories = wire.statistics(FrameKind.HISTORY);
		return topics.sentBytes() + histories.sentBytes();
	}

	@ChannelController("room:{room}")
	static class Room {

		@OnEvent("new_msg")
		void say(Channel channel, ChannelPayload payload) {
			channel.broadcast("new_msg", payload);
		}

	}

}
