package io.clusterspring.autoconfigure;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.ClusterTransport;
import io.clusterspring.mailbox.BulkheadSource;
import io.clusterspring.mailbox.ExecutorWatch;

/**
 * Warns when the application's code holds all threads.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(ClusterTransport.class)
class ExecutorWatchConfiguration {

	@Bean(initMethod = "start", destroyMethod = "close")
	@ConditionalOnMissingBean
	ExecutorWatch clusterExecutorWatch(@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor,
			ObjectProvider<BulkheadSource> sources) {
		return new ExecutorWatch(executor, () -> sources.stream().toList());
	}

}
