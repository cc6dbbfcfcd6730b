package io.clusterspring.samples.chat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.ChannelTimer;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.EventName;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnLeave;
import io.clusterspring.channel.Reply;

/**
 * A channel that uses what handlers may do, for the cases in
 * {@code src/test/phoenix/server.mjs}.
 */
@ChannelController("part:{id}")
class WireParts {

	private final Channels channels;

	WireParts(Channels channels) {
		this.channels = channels;
	}

	@OnEvent("enqueue")
	Reply enqueue(ChannelPayload payload) {
		return Reply.of("queued", payload);
	}

	@OnEvent("item:tea")
	Map<String, String> tea(@EventName String event) {
		return Map.of("method", "tea", "event", event);
	}

	@OnEvent("item:*")
	Map<String, String> item(@EventName String event) {
		return Map.of("method", "item", "event", event);
	}

	@OnEvent("*")
	Map<String, String> any(@EventName String event) {
		return Map.of("method", "any", "event", event);
	}

	@OnEvent("close")
	void close(Channel channel) {
		channel.close();
	}

	@OnEvent("crash")
	void crash() {
		throw new IllegalStateException("The client wants it");
	}

	@OnEvent("kick")
	void kick(Channel channel) {
		this.channels.disconnect(String.valueOf(channel.socketId()));
	}

	@OnLeave
	void left(Channel channel, LeaveReason reason) {
		this.channels.broadcast("part:observer", "left", Map.of("topic", channel.topic(), "reason", reason));
	}

	@OnEvent("tick")
	Reply tick(Channel channel, Map<String, Integer> payload) {
		AtomicInteger ticks = new AtomicInteger();
		AtomicReference<ChannelTimer> timer = new AtomicReference<>();
		timer.set(channel.every(Duration.ofMillis(payload.get("every")), () -> {
			channel.push("tick", Map.of("n", ticks.incrementAndGet()));
			if (ticks.get() == 5) {
				timer.get().cancel();
				channel.after(Duration.ofMillis(100), () -> channel.push("over", Map.of()));
			}
		}));
		return Reply.ok();
	}

	@OnEvent("many_timers")
	int manyTimers(Channel channel) {
		int timers = 0;
		try {
			while (timers < 1000) {
				channel.after(Duration.ofMinutes(10), () -> {
				});
				timers++;
			}
		}
		catch (RejectedExecutionException ex) {
			channel.push("full", Map.of());
		}
		return timers;
	}

	@OnEvent("push_on")
	Reply pushOn(Channel channel, Map<String, String> payload) {
		channel.pushOn(payload.get("topic"), "data", Map.of("n", 1));
		return Reply.ok();
	}

	@OnEvent("broadcasts")
	Reply broadcasts(Channel channel) {
		String topic = channel.topic();
		this.channels.broadcast(topic, "all", Map.of());
		this.channels.broadcastFrom(channel, topic, "others", Map.of());
		channel.broadcastLocal("local", Map.of());
		this.channels.broadcastLocalFrom(channel, topic, "local_others", Map.of());
		channel.broadcast("end", Map.of());
		return Reply.ok();
	}

}
