package io.clusterspring.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Makes a connector of Tomcat as the customizers of a context want it, without a server.
 */
final class CustomizedConnector {

	private CustomizedConnector() {
	}

	@SuppressWarnings("unchecked")
	static Connector of(ApplicationContext context) {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
		context.getBeansOfType(WebServerFactoryCustomizer.class)
			.values()
			.stream()
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.forEach((customizer) -> customizer.customize(factory));
		Connector connector = new Connector();
		factory.getConnectorCustomizers().forEach((customizer) -> customizer.customize(connector));
		return connector;
	}

}
