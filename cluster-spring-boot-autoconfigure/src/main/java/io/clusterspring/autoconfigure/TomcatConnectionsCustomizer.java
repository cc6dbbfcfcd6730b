package io.clusterspring.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Lets Tomcat accept a connection for each socket, and more for requests. Tomcat does not
 * refuse a connection beyond its limit but leaves it without an answer, and probes as
 * well. It runs after Spring Boot's own customizer, which always sets a number, and
 * before those of the application.
 *
 * @param connections the smallest limit for Tomcat's connections
 */
record TomcatConnectionsCustomizer(
		int connections) implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

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
			if (present >= 0 && present < this.connections) {
				protocol.setMaxConnections(this.connections);
			}
		}
	}

}
