package io.clusterspring.autoconfigure;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.UserConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

import io.clusterspring.channel.Channels;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.http.HttpGate;
import io.clusterspring.http.events.EventsEndpoint;
import io.clusterspring.http.events.TopicEventsAuthorizer;
import io.clusterspring.http.publish.PublishEndpoint;
import io.clusterspring.http.publish.TopicPublishAuthorizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configuration of topics by HTTP.
 */
class HttpAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(JacksonAutoConfiguration.class,
			ClusterAutoConfiguration.class, PubSubAutoConfiguration.class, ChannelAutoConfiguration.class,
			HttpAutoConfiguration.class, DrainAutoConfiguration.class);

	private static final String ENABLED = "cluster.http.publish.enabled=true";

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
		.withPropertyValues("cluster.transport=local", "cluster.name=http");

	@Test
	void nothingIsServedUnlessEnabled() {
		this.web.withConfiguration(UserConfigurations.of(Everybody.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(PublishEndpoint.class)
				.doesNotHaveBean("clusterTopicMapping"));
	}

	@Test
	void enabledWithAnAuthorizerItIsServed() {
		this.web.withConfiguration(UserConfigurations.of(Everybody.class))
			.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(PublishEndpoint.class)
				.hasBean("clusterTopicMapping"));
	}

	@Test
	void itNeedsNoChannelsAndIsDrained() {
		this.web.withConfiguration(UserConfigurations.of(Everybody.class))
			.withPropertyValues(ENABLED, "cluster.channels.enabled=false")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(Channels.class);
				assertThat(context.getBean(HttpGate.class).isOpen()).isTrue();
				context.getBean(ConnectionDrain.class).stop();
				assertThat(context.getBean(HttpGate.class).isOpen()).isFalse();
			});
	}

	@Test
	void withoutAnAuthorizerTheBootFails() {
		this.web.withPropertyValues(ENABLED).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(ENABLED, TopicPublishAuthorizer.class.getName());
			assertThat(analysis.getAction()).contains("TopicPublishAuthorizer");
		});
	}

	@Test
	void eventsNeedAnAuthorizerOfTheirOwn() {
		this.web.withConfiguration(UserConfigurations.of(Everybody.class))
			.withPropertyValues("cluster.http.events.enabled=true")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getAction())
				.contains("TopicEventsAuthorizer", "cluster.http.events.enabled"));
	}

	@Test
	void eventsAreServedWithoutChannelsAndWithoutPublishing() {
		this.web.withBean(TopicEventsAuthorizer.class, () -> (topic, request) -> SocketAuthorization.accept())
			.withPropertyValues("cluster.http.events.enabled=true", "cluster.channels.enabled=false",
					"cluster.stomp.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(EventsEndpoint.class)
				.doesNotHaveBean(PublishEndpoint.class)
				.hasBean("clusterTopicMapping")
				.hasSingleBean(ConnectionDrain.class));
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("cluster.transport=local", "cluster.name=http", "cluster.http.events.enabled=true")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("cluster.http.events.enabled", "no servlet container"));
	}

	@Test
	void withoutAServletContainerTheBootFails() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withConfiguration(UserConfigurations.of(Everybody.class))
			.withPropertyValues("cluster.transport=local", "cluster.name=http", ENABLED)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("no servlet container"));
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withConfiguration(UserConfigurations.of(Everybody.class))
			.withPropertyValues("cluster.transport=local", "cluster.name=http", ENABLED)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getAction())
				.contains("servlet application"));
	}

	@Test
	void withoutClusterWebTheBootFails() {
		this.web.withClassLoader(new FilteredClassLoader("io.clusterspring.http", "io.clusterspring.channel"))
			.withPropertyValues(ENABLED)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("cluster-web"));
	}

	@Test
	void valuesAreChecked() {
		for (String value : new String[] { "path=cluster/", "publish.max-request-size=0B",
				"publish.max-request-size=17MB", "publish.request-timeout=0", "publish.max-batch=0",
				"publish.max-keys=0", "publish.key-retention=10ms", "events.max-connections=0",
				"events.buffer-capacity=0B", "events.write-timeout=1ms", "events.heartbeat=0", "events.retry=0" }) {
			this.web.withPropertyValues("cluster.http." + value)
				.run((context) -> assertThat(context).as(value)
					.getFailure()
					.rootCause()
					.hasMessageContaining("http." + value.split("=")[0]));
		}
	}

	private static FailureAnalysis analysis(Throwable failure) {
		assertThat(failure).isNotNull();
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, ex) -> {
			}))
			.stream()
			.filter((analyzer) -> analyzer.getClass().getName().contains("UnservedTopics"))
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class Everybody {

		@Bean
		TopicPublishAuthorizer everybody() {
			return (topic, request) -> true;
		}

	}

}
