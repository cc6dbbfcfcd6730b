package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Channel#execute} and {@link Channel#onEnd}.
 */
class ChannelTaskTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "room:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room));
		this.client = this.nodes.connect(N1, null);
	}

	@Test
	void taskOfAJoinRunsWhenTheChannelIsOnItsTopic() {
		this.client.joined(TOPIC);
		this.client.gets("1", null, TOPIC, "task", "{}");
		this.client.gets(null, null, TOPIC, "heard", "{}");
	}

	@Test
	void refusedJoinRunsItsEndActionsButNotItsTasks() {
		this.client.join("room:refused");
		this.client.getsReply("room:refused", "1", "error", "{\"reason\":\"no\"}");
		await().until(() -> this.room.told.equals(List.of("end")));
		this.client.heartbeat("9");
	}

	@Test
	void endActionRunsOnceAndAtOnceIfTheChannelHasEnded() {
		this.client.joined(TOPIC);
		this.client.close();
		await().until(() -> !this.room.told.isEmpty());
		this.client.close();
		this.room.channel.onEnd(() -> this.room.told.add("late"));
		this.room.channel.execute(() -> this.room.told.add("never"));
		assertThat(this.room.told).containsExactly("end", "late");
	}

	@Test
	void failedTaskCrashesTheChannelAndAFailedEndActionDoesNoHarm() {
		this.client.joined(TOPIC);
		this.client.gets("1", null, TOPIC, "task", "{}");
		this.client.gets(null, null, TOPIC, "heard", "{}");
		this.room.channel.onEnd(() -> {
			throw new IllegalStateException("at the end");
		});
		this.room.channel.onEnd(() -> this.room.told.add("second"));
		this.room.channel.execute(() -> {
			throw new IllegalStateException("task");
		});
		this.client.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
		await().until(() -> this.room.told.equals(List.of("end", "second")));
		this.client.joined(TOPIC);
	}

	@Test
	void taskMayCloseTheChannel() {
		this.client.joined(TOPIC);
		this.client.gets("1", null, TOPIC, "task", "{}");
		this.client.gets(null, null, TOPIC, "heard", "{}");
		this.room.channel.execute(this.room.channel::close);
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
	}

	@ChannelController("room:{room}")
	static class Room {

		private final List<String> told = new CopyOnWriteArrayList<>();

		private volatile Channel channel;

		@OnJoin
		Reply join(Channel channel) {
			this.channel = channel;
			channel.onEnd(() -> this.told.add("end"));
			channel.execute(() -> {
				channel.push("task", Map.of());
				channel.broadcast("heard", Map.of());
			});
			return channel.topic().endsWith("refused") ? Reply.refuse("no") : Reply.ok();
		}

	}

}
