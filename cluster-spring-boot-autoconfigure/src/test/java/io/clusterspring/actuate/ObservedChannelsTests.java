package io.clusterspring.actuate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.socket.RefreshOutcome;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.test.ChannelTestClient;
import io.clusterspring.test.TestChannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ObservedChannels} and {@link ChannelMetrics} in an application.
 */
class ObservedChannelsTests {

	private static ConfigurableApplicationContext context;

	private static MeterRegistry meters;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--cluster.name=observed-channels", "--cluster.transport=local", "--cluster.channels.join-timeout=1s",
					"--cluster.channels.reply-timeout=1s");
		meters = context.getBean(MeterRegistry.class);
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			client.expectJoinRefused("shop:closed", Map.of());
			TestChannel shop = client.join("shop:1");
			shop.push("buy", Map.of()).expectOk();
			shop.push("buy", Map.of()).expectOk();
			shop.push("return", Map.of()).expectError();
			shop.push("order", Map.of()).expectOk();
			shop.push("weigh", "nonsense").expectError();
			shop.expectPush("bought");
			shop.expectPush("bought");
			shop.push("item:" + "x".repeat(50), Map.of()).expectReply("queued");
			shop.push("steal-" + "x".repeat(50), Map.of());
			shop.expectCrash();
			TestChannel other = client.join("shop:2");
			other.push("lose", Map.of());
			other.expectCrash();
		}
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void callsAreTimedByWhatTheyAreForAndHowTheyEnd() {
		await().untilAsserted(() -> {
			assertThat(count("join", "none", "error")).isEqualTo(1);
			assertThat(count("join", "none", "none")).isEqualTo(2);
			assertThat(count("event", "buy", "ok")).isEqualTo(2);
			assertThat(count("event", "return", "error")).isEqualTo(1);
			assertThat(count("event", "order", "ok")).isEqualTo(1);
			assertThat(count("event", "weigh", "error")).isEqualTo(1);
			assertThat(count("event", "lose", "crash")).isEqualTo(1);
			assertThat(count("event", "item:*", "other")).isEqualTo(1);
			assertThat(count("broadcast", "bought", "none")).isEqualTo(2);
			assertThat(count("leave", "none", "none")).isEqualTo(2);
		});
	}

	@Test
	void namesThatAClientInventsAreNotTags() {
		assertThat(count("event", "other", "crash")).isEqualTo(1);
		List<Meter.Id> ids = meters.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("cluster."))
			.toList();
		assertThat(ids).isNotEmpty();
		assertThat(ids).flatExtracting(Meter.Id::getTags)
			.extracting(Tag::getValue)
			.noneMatch((value) -> value.startsWith("steal") || value.startsWith("item:x") || value.equals("queued")
					|| value.equals("shop:1"));
	}

	@Test
	void channelsAreMetered() {
		await().untilAsserted(() -> assertThat(meters.get("cluster.channels.sockets").gauge().value()).isZero());
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			client.join("shop:3");
			assertThat(meters.get("cluster.channels.sockets").gauge().value()).isEqualTo(1);
			assertThat(meters.get("cluster.channels.joined").gauge().value()).isEqualTo(1);
		}
		assertThat(meters.get("cluster.channels.outbox").gauge().value()).isZero();
		assertThat(meters.get("cluster.channels.accepted").functionCounter().count()).isPositive();
		assertThat(meters.get("cluster.channels.refused").functionCounters()).hasSize(SocketRefusal.values().length)
			.allSatisfy((counter) -> assertThat(counter.count()).isZero());
		assertThat(meters.get("cluster.channels.expired").functionCounter().count()).isZero();
		assertThat(meters.get("cluster.channels.refreshes").functionCounters()).hasSize(RefreshOutcome.values().length);
		assertThat(meters.get("cluster.channels.crashes").functionCounter().count()).isEqualTo(2);
	}

	@Test
	void callsWhoseStagesNeverCompleteAreNotActiveForEver() {
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			client.expectJoinRefused("queue:never", Map.of());
			TestChannel queue = client.join("queue:1");
			queue.push("wait", Map.of()).expectError();
			queue.push("wait", Map.of());
		}
		await().untilAsserted(() -> {
			assertThat(meters.get("cluster.channel").tag("cluster.event", "wait").timers()).isNotEmpty();
			assertThat(meters.get("cluster.channel.active").longTaskTimers())
				.allSatisfy((active) -> assertThat(active.activeTasks()).isZero());
		});
	}

	private static long count(String call, String event, String outcome) {
		Timer timer = meters.find("cluster.channel")
			.tags("cluster.call", call, "cluster.pattern", "shop:{number}", "cluster.event", event, "cluster.outcome",
					outcome)
			.timer();
		return (timer != null) ? timer.count() : 0;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Shop.class, Queue.class })
	static class Application {

	}

	record Weight(int grams) {
	}

	@ChannelController("shop:{number}")
	static class Shop {

		@OnJoin
		Reply join(Channel channel) {
			return channel.topic().endsWith("closed") ? Reply.refuse("closed") : Reply.none();
		}

		@OnEvent("buy")
		Reply buy(Channel channel) {
			channel.broadcast("bought", Map.of());
			return Reply.ok();
		}

		@OnEvent("return")
		Reply giveBack() {
			return Reply.refuse("no");
		}

		@OnEvent("item:*")
		Reply item() {
			return Reply.of("queued", Map.of());
		}

		@OnEvent("order")
		CompletionStage<String> order() {
			return CompletableFuture.supplyAsync(() -> "ordered");
		}

		@OnEvent("weigh")
		int weigh(Weight weight) {
			return weight.grams();
		}

		@OnEvent("lose")
		CompletionStage<String> lose() {
			return CompletableFuture.failedFuture(new IllegalStateException("lost"));
		}

		@OnBroadcast("bought")
		Map<String, Object> bought() {
			return Map.of();
		}

	}

	@ChannelController("queue:{number}")
	static class Queue {

		@OnJoin
		Reply join(Channel channel) {
			return channel.topic().endsWith("never") ? Reply.later(new CompletableFuture<>()) : Reply.ok();
		}

		@OnEvent("wait")
		CompletionStage<String> await() {
			return new CompletableFuture<>();
		}

	}

}
