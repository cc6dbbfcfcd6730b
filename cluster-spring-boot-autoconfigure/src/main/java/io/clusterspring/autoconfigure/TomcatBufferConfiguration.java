package io.clusterspring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Configures the buffers and connections of Tomcat, if it is the web server.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
class TomcatBufferConfiguration {

	@Bean
	TomcatBufferCustomizer clusterTomcatBufferCustomizer(ClusterProperties properties) {
		return new TomcatBufferCustomizer(properties.channels().tomcat());
	}

	@Bean
	@Conditional(ConnectionsNotSet.class)
	TomcatConnectionsCustomizer clusterTomcatConnectionsCustomizer(SocketBudget budget) {
		return new TomcatConnectionsCustomizer(budget.connections());
	}

	/**
	 * Matches if the application has not set the number of Tomcat's connections.
	 */
	static final class ConnectionsNotSet implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return SocketBudgetConfiguration.number(context.getEnvironment(),
					SocketBudgetConfiguration.TOMCAT_CONNECTIONS) == null;
		}

	}

}
