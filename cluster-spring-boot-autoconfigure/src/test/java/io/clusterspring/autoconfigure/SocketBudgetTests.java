package io.clusterspring.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.tomcat.autoconfigure.TomcatWebServerFactoryCustomizer;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketBudget} and the limits of Tomcat that it sets.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketBudgetTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class, ClusterAutoConfiguration.class,
						PubSubAutoConfiguration.class, ChannelAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class, SpringBootsOwn.class);

	@ParameterizedTest
	@CsvSource({ "1024, 690, 921", "20000, 13500, 18000", "65536, 44236, 58982", "524288, 100000, 118192",
			"1048576, 100000, 118192", "9223372036854775807, 100000, 118192" })
	void aQuarterOfTheRoomIsForRequests(long descriptors, int sockets, int connections) {
		assertThat(SocketBudget.of(descriptors, null, null, 10_000)).isEqualTo(new SocketBudget(sockets, connections));
	}

	@Test
	void fewSocketsAskForFewConnections() {
		assertThat(SocketBudget.of(1 << 20, 200, null, 0)).isEqualTo(new SocketBudget(200, 8392));
	}

	@Test
	void socketsFitIntoTheConnectionsTheServerIsToldToTake() {
		assertThat(SocketBudget.of(1 << 20, null, 1000, 10_000)).isEqualTo(new SocketBudget(750, 1000));
	}

	@Test
	void moreThanFitIsSeen() {
		assertThat(SocketBudget.of(1024, 5000, null, 0).fits()).isFalse();
		assertThat(SocketBudget.of(1 << 20, 5000, 5000, 0).fits()).isFalse();
		assertThat(SocketBudget.of(20_000, 9_000, null, 0).fits()).isTrue();
	}

	@Test
	void tomcatTakesSocketsAndRequestsBesideThem() {
		this.runner.withPropertyValues("cluster.channels.max-sockets=9000", "cluster.channels.long-poll.max-sessions=1")
			.run((context) -> assertThat(maxConnections(context)).isBetween(9001, 9000 + 1 + 8192));
	}

	@Test
	void tomcatIsNotToldToTakeFewerThanByDefault() {
		this.runner.withPropertyValues("cluster.channels.max-sockets=10", "cluster.channels.long-poll.enabled=false")
			.run((context) -> assertThat(maxConnections(context)).isGreaterThanOrEqualTo(8192));
	}

	@Test
	void tomcatPropertyOfTheApplicationCounts() {
		this.runner.withPropertyValues("server.tomcat.max-connections=1000").run((context) -> {
			assertThat(maxConnections(context)).isEqualTo(1000);
			assertThat(context.getBean(SocketBudget.class).sockets()).isEqualTo(750);
		});
	}

	@Test
	void moreSocketsThanConnectionsAreWarnedOf(CapturedOutput output) {
		this.runner.withPropertyValues("server.tomcat.max-connections=1000", "cluster.channels.max-sockets=1000")
			.run((context) -> assertThat(output).contains("cluster.channels.max-sockets is 1000")
				.contains("server.tomcat.max-connections"));
	}

	private static int maxConnections(ApplicationContext context) {
		Connector connector = CustomizedConnector.of(context);
		return ((AbstractProtocol<?>) connector.getProtocolHandler()).getMaxConnections();
	}

	/**
	 * Spring Boot's customizer, which sets the number of connections to 8192 by default.
	 * Spring Boot omits it in a context with a mock of a servlet container.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ ServerProperties.class, WebProperties.class })
	static class SpringBootsOwn {

		@Bean
		TomcatWebServerFactoryCustomizer tomcatWebServerFactoryCustomizer(Environment environment,
				ServerProperties server, TomcatServerProperties tomcat, WebProperties web) {
			return new TomcatWebServerFactoryCustomizer(environment, server, tomcat, web);
		}

	}

}
