package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.unit.DataSize;

import io.clusterspring.channel.limit.HandlerLimits;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.presence.PresenceLimits;

import static org.assertj.core.api.Assertions.assertThat;

class PropertyRulesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void defaultsAreRight() {
		this.runner.run((context) -> {
			ClusterProperties properties = context.getBean(ClusterProperties.class);
			assertThat(properties.limits()).isEqualTo(NodeLimits.DEFAULT);
			assertThat(WebSettings.presence(properties.presence())).isEqualTo(PresenceLimits.DEFAULT);
			assertThat(WebSettings.handlers(properties)).isEqualTo(HandlerLimits.DEFAULT);
			assertThat(properties.executor().threadsOrDefault()).isGreaterThanOrEqualTo(32);
		});
	}

	@ParameterizedTest
	@CsvSource({ "port, 0, 1 to 65535", "port, -1, 1 to 65535", "port, 65536, 1 to 65535", "port-range, 0, at least 1",
			"port-range, -5, at least 1", "port-range, 60000, goes beyond the last port",
			"port-range, 2147483647, goes beyond the last port", "sync-nodes-minimum, -1, at least 0",
			"discovery.multicast.port, 0, 1 to 65535", "discovery.multicast.group, 10.0.0.1, multicast address",
			"failure-detection.timeout, 0, a second", "failure-detection.timeout, -1s, a second",
			"failure-detection.timeout, 999ms, a second", "outbox.capacity, 0, 128KB to 1GB",
			"outbox.capacity, -1MB, 128KB to 1GB", "outbox.capacity, 127KB, 128KB to 1GB",
			"outbox.capacity, 1025MB, 128KB to 1GB", "max-payload-size, 1023KB, 1MB to 1GB",
			"max-payload-size, 1025MB, 1MB to 1GB", "max-payload-size, -1B, 1MB to 1GB",
			"channels.long-poll.buffer-capacity, 17MB, more than cluster.max-payload-size (16777216 bytes)",
			"presence.page-size, 17MB, more than cluster.max-payload-size (16777216 bytes)",
			"outbox.timeout, -1ms, negative", "pubsub.mailbox-capacity, 0, at least 1",
			"pubsub.mailbox-capacity, -1, at least 1", "pubsub.mailbox-size, 0B, at least 1B",
			"pubsub.mailbox-size, -1MB, at least 1B", "history.rooms.topics, '', must have a topic",
			"history.rooms.topics, 'room:*,*:lobby', at the end of a topic only",
			"history.rooms.topics, 'room:**', at the end of a topic only",
			"history.rooms.topics, 'room:\uD83D', not well-formed text", "history.rooms.size, 0, from 1 to 100000",
			"history.rooms.size, -1, from 1 to 100000", "history.rooms.size, 100001, from 1 to 100000",
			"history.rooms.ttl, 0s, from a second to 12 hours", "history.rooms.ttl, -1s, from a second to 12 hours",
			"history.rooms.ttl, 999ms, from a second to 12 hours",
			"history.rooms.ttl, 43201s, from a second to 12 hours", "history.rooms.bytes, 0B, at least 64KB",
			"history.rooms.bytes, -1MB, at least 64KB", "history.rooms.bytes, 9999TB, more than half of the heap",
			"channels.mailbox-capacity, 0, at least 1", "channels.paths, '', paths such as",
			"channels.paths, socket, paths such as", "channels.allowed-origins, app.example, which is not an origin",
			"channels.allowed-origins, https://app.example/chat, which is not an origin",
			"channels.paths, /socket/, paths such as", "channels.max-message-size, 0, less than 2GB",
			"channels.max-message-size, 2GB, less than 2GB", "channels.outbox-capacity, -1MB, less than 2GB",
			"channels.long-poll.max-sessions, 0, must be at least 1",
			"channels.long-poll.buffer-capacity, 0B, less than 2GB",
			"channels.long-poll.poll-timeout, 0s, must be at least a millisecond",
			"channels.long-poll.session-timeout, -1s, must be at least a millisecond",
			"channels.max-join-size, 0, less than 2GB", "channels.outbox-timeout, 0, a second to a year",
			"executor.threads, 0, at least 1", "executor.threads-per-socket, 0, at least 1",
			"executor.threads-per-controller, -1, at least 1",
			"channels.join-timeout, 0s, must be at least a millisecond",
			"channels.reply-timeout, -1s, must be at least a millisecond",
			"channels.idle-timeout, 999ms, a second to a year", "channels.idle-timeout, 400d, a second to a year",
			"channels.max-channels, 0, at least 1", "channels.max-timers, -1, at least 0",
			"channels.handshakes-per-second, -1, at least 0", "channels.messages-per-second, -1, at least 0",
			"channels.channel-messages-per-second, -1, at least 0", "channels.drain.batch-size, 0, at least 1",
			"channels.drain.interval, -1ms, negative", "channels.drain.timeout, -1s, negative",
			"distributed.invoices.quorum, majority, needs a list",
			"distributed.invoices.timeout, -1s, must not be negative",
			"distributed.invoices.stop-timeout, 0s, at least a millisecond",
			"distributed.invoices.lease, 0s, from a second to a year",
			"distributed.invoices.nodes, 'n1@a,n1@a', listed twice", "stomp.queue-capacity, 0, at least 1",
			"presence.heartbeat-interval, 9ms, at least 10ms", "presence.diff-interval, -1ms, negative",
			"presence.delta-interval, -1ms, negative", "presence.page-size, 0, less than 2GB",
			"presence.queue-capacity, 0, at least 1" })
	void invalidValueIsRejectedWithItsProperty(String property, String value, String reason) {
		withTopics(property, "cluster." + property + "=" + value).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("Property: cluster." + property).contains(reason);
			assertThat(analysis.getAction()).isNotBlank();
		});
	}

	@Test
	void historyHasDefaultsAndNeedsTopics() {
		this.runner.withPropertyValues("cluster.history.rooms.topics=room:*, orders").run((context) -> {
			HistorySettings rooms = context.getBean(ClusterProperties.class).histories().get(0);
			assertThat(rooms).isEqualTo(new HistorySettings("rooms", List.of("room:*", "orders"), 100,
					Duration.ofMinutes(2), DataSize.ofMegabytes(16).toBytes()));
		});
		this.runner.withPropertyValues("cluster.history.rooms.size=10")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.history.rooms.topics")
				.contains("must have a topic"));
		this.runner.run((context) -> assertThat(context.getBean(ClusterProperties.class).histories()).isEmpty());
	}

	@Test
	void historyWithoutANameIsToldSo() {
		this.runner.withPropertyValues("cluster.history.topics=room:*")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("cluster.history.topics")
				.contains("a history needs a name, such as 'rooms': cluster.history.rooms.topics=room:*"));
	}

	@ParameterizedTest
	@CsvSource({ "room:*, room:lobby", "room:lobby, room:*", "*, jobs", "room:*, room:eu:*", "orders, orders",
			"room:*, room:*" })
	void historiesOfOneTopicAreRejectedWithBothNames(String one, String other) {
		this.runner.withPropertyValues("cluster.history.a.topics=" + one, "cluster.history.b.topics=jobs, " + other)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.history.b.topics")
				.contains("'a' and 'b'", "'" + one + "' and '" + other + "'"));
	}

	@ParameterizedTest
	@CsvSource({ "room:*, rooms:*", "room:lobby, room:lobby2", "room:*, room", "a, b" })
	void historiesOfDifferentTopicsAreAccepted(String one, String other) {
		this.runner
			.withPropertyValues("cluster.history.a.topics=" + one + ", " + one, "cluster.history.b.topics=" + other)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void historiesThatDoNotFitTheHeapTogetherAreRejected() {
		long third = Runtime.getRuntime().maxMemory() / 3;
		ApplicationContextRunner one = this.runner.withPropertyValues("cluster.history.a.topics=a",
				"cluster.history.a.bytes=" + third + "B");
		one.run((context) -> assertThat(context).hasNotFailed());
		one.withPropertyValues("cluster.history.b.topics=b", "cluster.history.b.bytes=" + (third + 1) + "B")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.history.b.bytes")
				.contains("more than half of the heap"));
	}

	@Test
	void stopTimeoutThatDoesNotFitTheLeaseIsRejectedWithTheLimit() {
		ApplicationContextRunner leased = this.runner.withPropertyValues("cluster.distributed.invoices.quorum=2",
				"cluster.distributed.invoices.lease=2s", "cluster.distributed.invoices.stop-timeout=1s");
		leased.withPropertyValues("cluster.outbox.timeout=667ms")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.outbox.timeout")
				.contains("must be at most 666 ms")
				.contains("'invoices'"));
		leased.withPropertyValues("cluster.distributed.invoices.stop-timeout=1400ms")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.distributed.invoices.lease")
				.contains("must be at least 2100 ms"));
		leased.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aLeaseThatDoesNotFitADefaultIsTheOneThatIsNamed() {
		this.runner
			.withPropertyValues("cluster.distributed.invoices.nodes=n1@a,n2@a,n3@a",
					"cluster.distributed.invoices.quorum=majority", "cluster.distributed.invoices.lease=5s")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.distributed.invoices.lease", "Value: \"PT5S\"")
				.contains("must be at least 6667 ms with a stop-timeout of 5000 ms (the default)"));
	}

	@ParameterizedTest
	@CsvSource({ "port, 65526", "port-range, 1", "sync-nodes-minimum, 0", "failure-detection.timeout, 1s",
			"outbox.capacity, 128KB", "outbox.capacity, 1GB", "outbox.timeout, 0", "pubsub.mailbox-capacity, 1",
			"pubsub.mailbox-size, 1B", "pubsub.mailbox-size, 4GB", "channels.mailbox-capacity, 1",
			"channels.paths, '/a,/b/c'", "channels.allowed-origins, '*'",
			"channels.allowed-origins, 'https://app.example, http://localhost:3000/, https://*.app.example, capacitor://localhost'",
			"channels.max-message-size, 2147483647B", "channels.idle-timeout, 1s", "channels.messages-per-second, 1",
			"channels.drain.timeout, 0" })
	void validValueIsAccepted(String property, String value) {
		this.runner.withPropertyValues("cluster." + property + "=" + value)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private ApplicationContextRunner withTopics(String property, String pair) {
		return property.startsWith("history.rooms.")
				? this.runner.withPropertyValues("cluster.history.rooms.topics=room:*", pair)
				: this.runner.withPropertyValues(pair);
	}

	private static FailureAnalysis analysis(Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class,
					SpringFactoriesLoader.ArgumentResolver.of(Environment.class, new StandardEnvironment()),
					SpringFactoriesLoader.FailureHandler.logging(LogFactory.getLog(PropertyRulesTests.class)))
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ClusterProperties.class)
	static class Properties {

	}

}
