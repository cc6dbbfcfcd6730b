package io.clusterspring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import io.clusterspring.ClusterTransport;

/**
 * The executor for messages between nodes. It is separate from the executor of
 * broadcasts, where a topic with many members may hold a thread for seconds.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(ClusterTransport.class)
class InternalExecutorConfiguration {

	@Bean(name = ClusterAutoConfiguration.INTERNAL_EXECUTOR_BEAN_NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = ClusterAutoConfiguration.INTERNAL_EXECUTOR_BEAN_NAME)
	ThreadPoolTaskExecutor clusterInternalExecutor() {
		return ClusterExecutorConfiguration.pool(new ThreadPoolTaskExecutorBuilder(), "cluster-internal-",
				Math.max(2, Runtime.getRuntime().availableProcessors()));
	}

}
