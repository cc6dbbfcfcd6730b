package io.clusterspring.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.autoconfigure.diagnostics.UnservedTopicsException;

/**
 * Fails the boot of an application that serves topics by HTTP and has no web server that
 * could do it.
 */
@Configuration(proxyBeanMethods = false)
class UnservedTopicsConfiguration {

	private static final String MAPPING = "clusterTopicMapping";

	@Bean
	static SmartInitializingSingleton clusterTopicsCheck(ListableBeanFactory beans, ClusterProperties properties) {
		return () -> {
			boolean publish = properties.http().publish().enabled();
			if ((publish || properties.http().events().enabled()) && !beans.containsBean(MAPPING)) {
				throw UnservedTopicsException
					.withoutServer("cluster.http." + (publish ? "publish" : "events") + ".enabled");
			}
		};
	}

}
