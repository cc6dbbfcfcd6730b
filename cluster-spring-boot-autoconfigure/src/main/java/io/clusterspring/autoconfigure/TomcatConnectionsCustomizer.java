package io.clusterspring.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Lets Tomcat take as many connections as there may be sockets, and requests beside them:
 * a connection beyond its limit is not refused but left without an answer, and so are
 * probes. Comes after Spring Boot's own customizer, which always sets a number, and
 * before the application's.
 *
 * @param connections how many connections Tomcat takes at least
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
			// -1 is any number
			if (present >= 0 && present < this.connections) {
				protocol.setMaxConnections(this.connections);
			}
		}
	}

}
