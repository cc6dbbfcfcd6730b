package io.clusterspring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The executor of what must not wait for the application's code: broadcasts on their way
 * to connections, and presence.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryExecutorConfiguration {

	@Bean(name = ChannelAutoConfiguration.DELIVERY_EXECUTOR_BEAN_NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = ChannelAutoConfiguration.DELIVERY_EXECUTOR_BEAN_NAME)
	ThreadPoolTaskExecutor clusterDeliveryExecutor() {
		return ClusterExecutorConfiguration.pool(new ThreadPoolTaskExecutorBuilder(), "cluster-delivery-",
				Math.max(2, Runtime.getRuntime().availableProcessors()));
	}

}
