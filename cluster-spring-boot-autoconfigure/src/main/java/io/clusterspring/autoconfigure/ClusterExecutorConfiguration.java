package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;

import org.springframework.beans.factory.ObjectProvider;
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
import io.clusterspring.mailbox.WarmThreadQueue;

/**
 * The executor of the application's code: virtual threads if the application uses them,
 * otherwise a pool. The queue of the pool needs no bound, because a mailbox waits there
 * at most once.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(ClusterTransport.class)
@ConditionalOnMissingBean(name = ClusterAutoConfiguration.EXECUTOR_BEAN_NAME)
class ClusterExecutorConfiguration {

	private static final String THREAD_NAME_PREFIX = "cluster-";

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
