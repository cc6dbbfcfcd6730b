package io.clusterspring.channel.fanout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.interest.Audience;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplayFrames}.
 */
class ReplayFramesTests {

	private static final SocketSerializer V1 = serializer("1.0.0");

	private static final SocketSerializer V2 = serializer("2.0.0");

	private final ClusterWire wire = new ClusterWire(new LocalNetwork("replays").transport(Node.of("n1@127.0.0.1")),
			Runnable::run, 100);

	@AutoClose
	private final ClusterHistory history = new ClusterHistory(this.wire,
			List.of(new HistorySettings("rooms", List.of("room:*"), 100, Duration.ofMinutes(1), 10_000_000)));

	private final ClusterPubSub pubSub = new ClusterPubSub(this.wire, Audience.EVERYONE,
			new JacksonPayloadCodec(JsonMapper.shared()), Runnable::run, 100, MessageObserver.NONE, this.history,
			(gap) -> {
			});

	private final ReplayFrames frames = new ReplayFrames();

	@Test
	void membersThatMissedTheSameMessageShareItsFrame() {
		publish("x");
		EncodedBroadcast first = this.frames.of(last());
		EncodedBroadcast second = this.frames.of(last());
		assertThat(second.frame(V2)).isNotNull().isSameAs(first.frame(V2));
		assertThat(second.frame(V1)).isNotNull().isNotSameAs(first.frame(V2));
	}

	@Test
	void anotherMessageHasItsOwnFrame() {
		publish("x");
		EncodedBroadcast first = this.frames.of(last());
		publish("x");
		assertThat(this.frames.of(last()).frame(V2)).isNotNull().isNotSameAs(first.frame(V2));
	}

	@Test
	void framesAreForgottenWhenNobodyCatchesUp() {
		publish("x");
		EncodedBroadcast first = this.frames.of(last());
		this.frames.clear();
		assertThat(this.frames.of(last())).isNotSameAs(first);
	}

	@Test
	void framesBeyondTheLimitAreNotKept() {
		String half = "x".repeat(ReplayFrames.MAX_BYTES / 2 + 1);
		publish(half);
		EncodedBroadcast first = this.frames.of(last());
		assertThat(this.frames.of(last())).isSameAs(first);
		publish(half);
		EncodedBroadcast second = this.frames.of(last());
		assertThat(this.frames.of(last())).isNotSameAs(second);
		this.frames.clear();
		EncodedBroadcast third = this.frames.of(last());
		assertThat(this.frames.of(last())).isSameAs(third);
	}

	private void publish(String text) {
		this.pubSub.broadcast("room:1", new Broadcast("said", Map.of("text", text)));
	}

	// each time a new message with the same position
	private TopicMessage last() {
		return this.pubSub.history("room:1").last(1).get(0);
	}

	private static SocketSerializer serializer(String version) {
		return Objects.requireNonNull(SocketSerializer.forVersion(version));
	}

}
