package io.clusterspring.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Sets the size of the buffers that Tomcat keeps for each connection. They are most of
 * the memory of an idle client. It runs before the application's own customizers, which
 * can override it.
 *
 * @param buffers the sizes
 */
record TomcatBufferCustomizer(ClusterProperties.Channels.Tomcat buffers)
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
		connector.setProperty("socket.appReadBufSize", String.valueOf(this.buffers.readBuffer().toBytes()));
		connector.setProperty("socket.appWriteBufSize", String.valueOf(this.buffers.writeBuffer().toBytes()));
	}

}
