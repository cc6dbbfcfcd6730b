package io.clusterspring.autoconfigure;

import java.util.stream.Stream;

import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TomcatConfiguration}.
 */
class TomcatConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				ChannelAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class);

	@Test
	void buffersAreSmallByDefault() {
		this.runner.run((context) -> assertThat(sizes(context)).containsExactly(2048, 4096));
	}

	@Test
	void buffersAreSizedByProperties() {
		this.runner
			.withPropertyValues("cluster.channels.tomcat.read-buffer=8KB", "cluster.channels.tomcat.write-buffer=16KB")
			.run((context) -> assertThat(sizes(context)).containsExactly(8192, 16_384));
	}

	@Test
	void applicationHasTheLastWord() {
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> own = (factory) -> factory
			.addConnectorCustomizers((connector) -> connector.setProperty("socket.appReadBufSize", "512"));
		this.runner.withBean("own", WebServerFactoryCustomizer.class, () -> own)
			.run((context) -> assertThat(sizes(context)).containsExactly(512, 4096));
	}

	@Test
	void thereAreNoneWithoutTomcat() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.apache.catalina", "org.apache.coyote", "org.apache.tomcat",
					"org.springframework.boot.tomcat"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TomcatConfiguration.class));
	}

	private static int[] sizes(ApplicationContext context) {
		Connector connector = CustomizedConnector.of(context);
		return Stream.of("socket.appReadBufSize", "socket.appWriteBufSize")
			.mapToInt((name) -> Integer.parseInt(String.valueOf(connector.getProperty(name))))
			.toArray();
	}

}
