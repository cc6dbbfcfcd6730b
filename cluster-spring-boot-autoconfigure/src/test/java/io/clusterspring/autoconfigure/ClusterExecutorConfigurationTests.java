package io.clusterspring.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import io.clusterspring.actuate.ClusterActuatorAutoConfiguration;
import io.clusterspring.mailbox.ExecutorWatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClusterExecutorConfiguration} and its watch.
 */
class ClusterExecutorConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				PubSubAutoConfiguration.class, ClusterActuatorAutoConfiguration.class))
		.withPropertyValues("cluster.transport=local", "cluster.name=executor", "cluster.node=n1@local");

	@Test
	void hasAsManyThreadsAsItIsGiven() {
		this.runner.withPropertyValues("cluster.executor.threads=5")
			.run((context) -> assertThat(
					context.getBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME, ThreadPoolTaskExecutor.class)
						.getMaxPoolSize())
				.isEqualTo(5));
	}

	@Test
	void isWatchedAndMeasured() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ExecutorWatch.class);
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean("clusterExecutorMetrics", MeterBinder.class).bindTo(registry);
			assertThat(registry.get("cluster.executor.wait").gauge().value()).isNotNegative();
			assertThat(registry.get("cluster.executor.waiting").gauge().value()).isZero();
		});
	}

	@Test
	void presentThreadsRunTasksIfNoThreadCanBeCreated() throws InterruptedException {
		AtomicInteger left = new AtomicInteger(1);
		ThreadPoolTaskExecutor pool = pool(left);
		CountDownLatch mayGoOn = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		pool.execute(() -> awaitUninterruptibly(mayGoOn));
		pool.execute(done::countDown);
		mayGoOn.countDown();
		done.await();
		pool.shutdown();
	}

	@Test
	void withoutAnyThreadItSaysSo() {
		ThreadPoolTaskExecutor pool = pool(new AtomicInteger(0));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> pool.execute(() -> {
		}));
		pool.shutdown();
	}

	private static ThreadPoolTaskExecutor pool(AtomicInteger threadsLeft) {
		ThreadPoolTaskExecutor pool = ClusterExecutorConfiguration.pool(new ThreadPoolTaskExecutorBuilder(), "test-",
				4);
		pool.setThreadFactory((task) -> new Thread(task) {

			@Override
			public synchronized void start() {
				if (threadsLeft.getAndDecrement() <= 0) {
					throw new OutOfMemoryError("unable to create native thread");
				}
				super.start();
			}

		});
		pool.initialize();
		return pool;
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
