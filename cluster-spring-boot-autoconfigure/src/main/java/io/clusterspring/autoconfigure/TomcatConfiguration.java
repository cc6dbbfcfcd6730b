package io.clusterspring.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Configures the buffers and connections of Tomcat, if it is the web server.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
class TomcatConfiguration {

	@Bean
	Buffers clusterTomcatBufferCustomizer(ClusterProperties properties) {
		return new Buffers(properties.channels().tomcat());
	}

	@Bean
	@Conditional(ConnectionsNotSet.class)
	Connections clusterTomcatConnectionsCustomizer(SocketBudget budget) {
		return new Connections(budget.connections());
	}

	/** Matches if the application has not set the number of Tomcat's connections. */
	static final class ConnectionsNotSet implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return SocketBudget.number(context.getEnvironment(), SocketBudget.TOMCAT_CONNECTIONS) == null;
		}

	}

	/**
	 * Sets the size of the buffers that Tomcat keeps for each connection. They are most
	 * of the memory of an idle client. It runs before the application's own customizers,
	 * which can override it.
	 */
	record Buffers(ChannelProperties.Tomcat sizes)
			implements
				WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>,
				Ordered {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void customize(ConfigurableTomcatWebServerFactory factory) {
			factory.addConnectorCustomizers(this::customize);
		}

		private void customize(Connector connector) {
			connector.setProperty("socket.appReadBufSize", String.valueOf(this.sizes.readBuffer().toBytes()));
			connector.setProperty("socket.appWriteBufSize", String.valueOf(this.sizes.writeBuffer().toBytes()));
		}

	}

	/**
	 * Lets Tomcat accept a connection for each socket, and more for requests. Tomcat does
	 * not refuse a connection beyond its limit but leaves it without an answer, and
	 * probes as well. It runs after Spring Boot's own customizer, which always sets a
	 * number, and before those of the application.
	 *
	 * @param least the smallest limit for Tomcat's connections
	 */
	record Connections(int least) implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

		@Override
		public int getOrder() {
			return 1;
		}

		@Override
		public void customize(ConfigurableTomcatWebServerFactory factory) {
			factory.addConnectorCustomizers(this::customize);
		}

		private void customize(Connector connector) {
			if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
				int present = protocol.getMaxConnections();
				// -1 means no limit
				if (present >= 0 && present < this.least) {
					protocol.setMaxConnections(this.least);
				}
			}
		}

	}

}
