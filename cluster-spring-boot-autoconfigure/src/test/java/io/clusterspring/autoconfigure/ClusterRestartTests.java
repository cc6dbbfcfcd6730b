package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import io.clusterspring.ClusterEvent;
import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.RecordingListener;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the events that listeners receive when a context is paused, stopped, started
 * again and closed.
 */
class ClusterRestartTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class))
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class)
		.withBean(Watch.class);

	@Test
	void contextThatIsPausedAndRestartedHearsThatOthersWereGone() {
		restart(ConfigurableApplicationContext::pause, ConfigurableApplicationContext::restart);
	}

	@Test
	void contextThatIsStoppedAndStartedHearsThatOthersWereGone() {
		restart(ConfigurableApplicationContext::stop, ConfigurableApplicationContext::start);
	}

	private void restart(Consumer<ConfigurableApplicationContext> down, Consumer<ConfigurableApplicationContext> up) {
		this.runner.run((context) -> {
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			List<String> heard = context.getBean(Watch.class).heard;
			join(context.getBean(LocalNetwork.class));
			await().untilAsserted(() -> assertThat(heard).containsExactly("NodeUp n2"));
			down.accept(source);
			assertThat(context.getBean(ManagedCluster.class).isRunning()).isFalse();
			assertThat(heard).hasSize(1);
			up.accept(source);
			await().untilAsserted(() -> assertThat(heard).containsExactly("NodeUp n2", "NodeDown n2", "NodeUp n2"));
			assertThat(context.getBean(ManagedCluster.class).isRunning()).isTrue();
			source.close();
			assertThat(heard).as("this node leaves, not the others").hasSize(3);
		});
	}

	private static void join(LocalNetwork network) {
		ClusterTransport other = network.transport(Node.of("n2@127.0.0.1"));
		other.connect(new RecordingListener());
	}

	static class Watch {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		@EventListener
		void on(ClusterEvent event) {
			this.heard.add(event.getClass().getSimpleName() + " " + event.node().name());
		}

	}

}
