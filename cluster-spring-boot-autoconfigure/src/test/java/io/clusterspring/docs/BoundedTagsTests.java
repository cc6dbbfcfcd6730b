package io.clusterspring.docs;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.messaging.simp.SimpMessagingTemplate;

import io.clusterspring.channel.Channels;
import io.clusterspring.presence.Presence;
import io.clusterspring.pubsub.PubSub;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no meter has a tag whose values could grow without bound.
 */
class BoundedTagsTests {

	private static final int MANY = 10_000;

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void thousandsOfTopicsAndUsersAddNoMeters() {
		AllMeters.run(this.registry, (context) -> {
			use(context, 0, 1);
			Set<List<Object>> before = meters();
			use(context, 1, MANY);
			assertThat(meters()).isEqualTo(before);
			assertThat(before).anySatisfy((meter) -> assertThat(meter.get(0)).isEqualTo("cluster.broadcast"))
				.anySatisfy((meter) -> assertThat(meter.get(0)).isEqualTo("cluster.deliver"));
		});
	}

	private static void use(ApplicationContext context, int from, int to) {
		PubSub pubSub = context.getBean(PubSub.class);
		CountDownLatch heard = new CountDownLatch(2 * (to - from));
		for (int i = from; i < to; i++) {
			pubSub.subscribe("user:" + i, (message) -> heard.countDown());
			pubSub.subscribe("room:" + i, (message) -> heard.countDown());
			pubSub.broadcast("user:" + i, "hello");
			context.getBean(Channels.class).broadcast("room:" + i, "event " + i, Map.of("n", i));
			context.getBean(Presence.class).track("owner " + i, "room:" + i, "user " + i, Map.of());
			context.getBean(SimpMessagingTemplate.class).convertAndSend("/topic/" + i, "hello");
			context.getBean(SimpMessagingTemplate.class).convertAndSendToUser("user " + i, "/queue/news", "hello");
		}
		try {
			assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Set<List<Object>> meters() {
		Set<List<Object>> meters = new HashSet<>();
		this.registry.getMeters()
			.forEach((meter) -> meters.add(List.of(meter.getId().getName(), meter.getId().getTags())));
		return meters;
	}

}
