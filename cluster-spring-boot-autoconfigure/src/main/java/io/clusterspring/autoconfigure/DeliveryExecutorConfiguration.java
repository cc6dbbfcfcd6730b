package io.clusterspring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The executor that delivers broadcasts to connections and handles presence. It runs no
 * code of the application.
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
