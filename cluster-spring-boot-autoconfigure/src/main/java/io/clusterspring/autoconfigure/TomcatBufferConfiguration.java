package io.clusterspring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tomcat's buffers, where the server is Tomcat.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
class TomcatBufferConfiguration {

	@Bean
	TomcatBufferCustomizer clusterTomcatBufferCustomizer(ClusterProperties properties) {
		return new TomcatBufferCustomizer(properties.channels().tomcat());
	}

}
