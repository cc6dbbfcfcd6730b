package io.clusterspring.autoconfigure;

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

import io.clusterspring.channel.HandlerLimits;
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
	@CsvSource({ "port, 0, 1 to 65535", "port, -1, 1 to 65535", "port, 65536, 1 to 65535", "port-range, 0, 1 at least",
			"port-range, -5, 1 at least", "port-range, 60000, not so many ports",
			"port-range, 2147483647, not so many ports", "sync-nodes-minimum, -1, 0 at least",
			"discovery.multicast.port, 0, 1 to 65535", "discovery.multicast.group, 10.0.0.1, multicast address",
			"failure-detection.timeout, 0, a second", "failure-detection.timeout, -1s, a second",
			"failure-detection.timeout, 999ms, a second", "outbox.capacity, 0, 128KB to 1GB",
			"outbox.capacity, -1MB, 128KB to 1GB", "outbox.capacity, 127KB, 128KB to 1GB",
			"outbox.capacity, 1025MB, 128KB to 1GB", "max-payload-size, 1023KB, 1MB to 1GB",
			"max-payload-size, 1025MB, 1MB to 1GB", "max-payload-size, -1B, 1MB to 1GB",
			"channels.long-poll.buffer-capacity, 17MB, more than cluster.max-payload-size (16777216 bytes)",
			"presence.page-size, 17MB, more than cluster.max-payload-size (16777216 bytes)",
			"outbox.timeout, -1ms, negative", "pubsub.mailbox-capacity, 0, 1 at least",
			"pubsub.mailbox-capacity, -1, 1 at least", "pubsub.mailbox-size, 0B, 1B at least",
			"pubsub.mailbox-size, -1MB, 1B at least", "channels.mailbox-capacity, 0, 1 at least",
			"channels.paths, '', paths such as", "channels.paths, socket, paths such as",
			"channels.allowed-origins, app.example, which is no origin",
			"channels.allowed-origins, https://app.example/chat, which is no origin",
			"channels.paths, /socket/, paths such as", "channels.max-message-size, 0, less than 2GB",
			"channels.max-message-size, 2GB, less than 2GB", "channels.outbox-capacity, -1MB, less than 2GB",
			"channels.long-poll.max-sessions, 0, has to be 1 at least",
			"channels.long-poll.buffer-capacity, 0B, less than 2GB",
			"channels.long-poll.poll-timeout, 0s, has to be a millisecond at least",
			"channels.long-poll.session-timeout, -1s, has to be a millisecond at least",
			"channels.max-join-size, 0, less than 2GB", "channels.outbox-timeout, 0, a second to a year",
			"executor.threads, 0, 1 at least", "executor.threads-per-socket, 0, 1 at least",
			"executor.threads-per-controller, -1, 1 at least",
			"channels.join-timeout, 0s, has to be a millisecond at least",
			"channels.reply-timeout, -1s, has to be a millisecond at least",
			"channels.idle-timeout, 999ms, a second to a year", "channels.idle-timeout, 400d, a second to a year",
			"channels.max-channels, 0, 1 at least", "channels.handshakes-per-second, -1, 0 at least",
			"channels.messages-per-second, -1, 0 at least", "channels.channel-messages-per-second, -1, 0 at least",
			"channels.drain.batch-size, 0, 1 at least", "channels.drain.interval, -1ms, negative",
			"channels.drain.timeout, -1s, negative", "distributed.invoices.quorum, majority, needs a list",
			"distributed.invoices.timeout, -1s, cannot be negative",
			"distributed.invoices.stop-timeout, 0s, a millisecond at least",
			"distributed.invoices.lease, 0s, from a second to a year",
			"distributed.invoices.nodes, 'n1@a,n1@a', listed twice", "stomp.queue-capacity, 0, 1 at least",
			"presence.heartbeat-interval, 9ms, 10ms at least", "presence.diff-interval, -1ms, negative",
			"presence.delta-interval, -1ms, negative", "presence.page-size, 0, less than 2GB",
			"presence.queue-capacity, 0, 1 at least" })
	void whatCannotBeMeantIsNamed(String property, String value, String reason) {
		this.runner.withPropertyValues("cluster." + property + "=" + value).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("Property: cluster." + property).contains(reason);
			assertThat(analysis.getAction()).isNotBlank();
		});
	}

	@Test
	void whatDoesNotFitTheLeaseIsNamedWithWhatWould() {
		ApplicationContextRunner leased = this.runner.withPropertyValues("cluster.distributed.invoices.quorum=2",
				"cluster.distributed.invoices.lease=2s", "cluster.distributed.invoices.stop-timeout=1s");
		leased.withPropertyValues("cluster.outbox.timeout=667ms")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.outbox.timeout")
				.contains("has to be 666 ms at most")
				.contains("'invoices'"));
		leased.withPropertyValues("cluster.distributed.invoices.stop-timeout=1400ms")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.distributed.invoices.lease")
				.contains("has to be 2100 ms at least"));
		leased.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aLeaseThatDoesNotFitADefaultIsTheOneThatIsNamed() {
		this.runner
			.withPropertyValues("cluster.distributed.invoices.nodes=n1@a,n2@a,n3@a",
					"cluster.distributed.invoices.quorum=majority", "cluster.distributed.invoices.lease=5s")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("Property: cluster.distributed.invoices.lease", "Value: \"PT5S\"")
				.contains("has to be 6667 ms at least with a stop-timeout of 5000 ms (the default)"));
	}

	@ParameterizedTest
	@CsvSource({ "port, 65526", "port-range, 1", "sync-nodes-minimum, 0", "failure-detection.timeout, 1s",
			"outbox.capacity, 128KB", "outbox.capacity, 1GB", "outbox.timeout, 0", "pubsub.mailbox-capacity, 1",
			"pubsub.mailbox-size, 1B", "pubsub.mailbox-size, 4GB", "channels.mailbox-capacity, 1",
			"channels.paths, '/a,/b/c'", "channels.allowed-origins, '*'",
			"channels.allowed-origins, 'https://app.example, http://localhost:3000/, https://*.app.example, capacitor://localhost'",
			"channels.max-message-size, 2147483647B", "channels.idle-timeout, 1s", "channels.messages-per-second, 1",
			"channels.drain.timeout, 0" })
	void whatCanBeMeantIsTaken(String property, String value) {
		this.runner.withPropertyValues("cluster." + property + "=" + value)
			.run((context) -> assertThat(context).hasNotFailed());
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
