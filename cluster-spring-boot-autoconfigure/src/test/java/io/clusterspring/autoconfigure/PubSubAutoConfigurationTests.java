package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.AnnotatedMethodException;
import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.interest.Interests;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PubSubAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PubSubAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				JacksonAutoConfiguration.class))
		.withUserConfiguration(InMemory.class);

	@Test
	void aListenerHearsWhatIsBroadcast() {
		this.runner.withUserConfiguration(Listening.class).withPropertyValues("region=eu").run((context) -> {
			context.getBean(PubSub.class).broadcast("orders:eu", new Order(7));
			assertThat(context.getBean(Listening.class).heard.poll(5, TimeUnit.SECONDS)).isEqualTo(new Order(7));
		});
	}

	@Test
	void constraintThatNothingChecksFailsTheBoot() {
		for (Class<?> type : List.of(Valued.class, Constrained.class)) {
			this.runner.withUserConfiguration(type)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(AnnotatedMethodException.class)
					.hasMessageStartingWith("The @TopicListener method " + type.getName() + ".on(")
					.hasMessageEndingWith(" on its parameter, which nothing checks, because " + type.getSimpleName()
							+ " is not @Validated"));
		}
	}

	@Test
	void constraintOfAValidatedListenerIsChecked(CapturedOutput output) {
		this.runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.withUserConfiguration(Checked.class)
			.run((context) -> {
				context.getBean(PubSub.class).broadcast("orders", "");
				context.getBean(PubSub.class).broadcast("orders", "bread");
				assertThat(Checked.HEARD.poll(5, TimeUnit.SECONDS)).isEqualTo("bread");
				assertThat(output).contains("ConstraintViolationException: on.order");
			});
	}

	@Test
	void payloadsAreWrittenByTheApplicationsMapper() {
		this.runner.withPropertyValues("spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE")
			.run((context) -> assertThat(new String(context.getBean(PayloadCodec.class).encode(new Order(7))))
				.isEqualTo("{\"Id\":7}"));
	}

	@Test
	void backsOffForTheApplicationsOwn() {
		this.runner.withBean(PubSub.class, () -> mock(PubSub.class))
			.run((context) -> assertThat(context).hasSingleBean(PubSub.class));
	}

	@Test
	void broadcastsAreRoutedUnlessThatIsTurnedOff() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(Interests.class));
		this.runner.withPropertyValues("cluster.pubsub.routing.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(Interests.class).hasSingleBean(PubSub.class);
			assertThat(context.getBean(PubSub.class).subscribe("news", (message) -> {
			}).ready().toCompletableFuture()).isDone();
		});
		this.runner.withPropertyValues("cluster.pubsub.routing.max-topics=0")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void thereIsNoneWithoutJackson() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.run((context) -> assertThat(context).hasSingleBean(Cluster.class).doesNotHaveBean(PubSub.class));
	}

	@Test
	void thereIsNoneWithoutACluster() {
		this.runner.withPropertyValues("cluster.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Cluster.class));
	}

	record Order(int id) {
	}

	@Configuration(proxyBeanMethods = false)
	static class InMemory {

		@Bean
		LocalNetwork network() {
			return new LocalNetwork("test");
		}

		@Bean
		ClusterTransport transport(LocalNetwork network) {
			return network.transport(Node.of("n1@127.0.0.1"));
		}

	}

	static class Valued {

		@TopicListener("orders")
		void on(@Valid Order order) {
		}

	}

	static class Constrained {

		@TopicListener("orders")
		void on(@NotBlank String order) {
		}

	}

	@Validated
	static class Checked {

		private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

		@TopicListener("orders")
		void on(@NotBlank String order) {
			HEARD.add(order);
		}

	}

	static class Listening {

		private final BlockingQueue<Order> heard = new LinkedBlockingQueue<>();

		@TopicListener("orders:${region}")
		void on(Order order) {
			this.heard.add(order);
		}

	}

}
