package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.mailbox.BulkheadSource;
import io.clusterspring.mailbox.ExecutorWatch;
import io.clusterspring.mailbox.WarmThreadQueue;

/**
 * The executors of the application's code and of messages between nodes. The queue of a
 * pool needs no bound, because a mailbox waits there at most once.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(ClusterTransport.class)
class ClusterExecutorConfiguration {

	private static final String THREAD_NAME_PREFIX = "cluster-";

	private static final int PROCESSORS = Math.max(2, Runtime.getRuntime().availableProcessors());

	/**
	 * Return the executor for messages between nodes. It is separate from the executor of
	 * broadcasts, where a topic with many members may hold a thread for seconds.
	 */
	@Bean(name = ClusterAutoConfiguration.INTERNAL_EXECUTOR_BEAN_NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = ClusterAutoConfiguration.INTERNAL_EXECUTOR_BEAN_NAME)
	ThreadPoolTaskExecutor clusterInternalExecutor() {
		return pool("cluster-internal-");
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	ExecutorWatch clusterExecutorWatch(@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor,
			ObjectProvider<BulkheadSource> sources) {
		return new ExecutorWatch(executor, () -> sources.stream().toList());
	}

	// the work of this pool does not wait
	static ThreadPoolTaskExecutor pool(String threadNamePrefix) {
		return pool(new ThreadPoolTaskExecutorBuilder(), threadNamePrefix, PROCESSORS);
	}

	static ThreadPoolTaskExecutor pool(ThreadPoolTaskExecutorBuilder builder, String threadNamePrefix, int threads) {
		ThreadPoolTaskExecutor executor = builder.threadNamePrefix(threadNamePrefix)
			.corePoolSize(threads)
			.maxPoolSize(threads)
			.queueCapacity(Integer.MAX_VALUE)
			.allowCoreThreadTimeOut(true)
			.keepAlive(Duration.ofSeconds(60))
			.acceptTasksAfterContextClose(true)
			.configure(new WarmThreadPool());
		executor.setDaemon(true);
		// stopped after the cluster, not before
		executor.setPhase(ManagedCluster.PHASE - 1);
		return executor;
	}

	/** Virtual threads if the application uses them, otherwise a pool. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(name = ClusterAutoConfiguration.EXECUTOR_BEAN_NAME)
	static class OfTheApplication {

		@Bean(name = ClusterAutoConfiguration.EXECUTOR_BEAN_NAME, defaultCandidate = false)
		@ConditionalOnThreading(Threading.VIRTUAL)
		SimpleAsyncTaskExecutor virtualClusterTaskExecutor(ObjectProvider<SimpleAsyncTaskExecutorBuilder> builders) {
			SimpleAsyncTaskExecutorBuilder builder = builders.getIfAvailable(SimpleAsyncTaskExecutorBuilder::new);
			return builder.virtualThreads(true).threadNamePrefix(THREAD_NAME_PREFIX).concurrencyLimit(-1).build();
		}

		@Bean(name = ClusterAutoConfiguration.EXECUTOR_BEAN_NAME, defaultCandidate = false)
		@ConditionalOnThreading(Threading.PLATFORM)
		ThreadPoolTaskExecutor platformClusterTaskExecutor(ObjectProvider<ThreadPoolTaskExecutorBuilder> builders,
				ClusterProperties properties) {
			return pool(builders.getIfAvailable(ThreadPoolTaskExecutorBuilder::new), THREAD_NAME_PREFIX,
					properties.executor().threadsOrDefault());
		}

	}

	private static final class WarmThreadPool extends ThreadPoolTaskExecutor {

		// if no further thread can be created, the present threads run the task
		@Override
		public void execute(Runnable task) {
			try {
				super.execute(task);
			}
			catch (OutOfMemoryError ex) {
				if (getPoolSize() == 0) {
					throw ex;
				}
				getThreadPoolExecutor().getQueue().add(task);
			}
		}

		@Override
		protected BlockingQueue<Runnable> createQueue(int queueCapacity) {
			return new WarmThreadQueue();
		}

	}

}
