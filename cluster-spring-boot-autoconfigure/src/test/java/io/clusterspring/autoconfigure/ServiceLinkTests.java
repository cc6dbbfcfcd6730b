package io.clusterspring.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pod in the namespace of a Service named {@code cluster}.
 */
class ServiceLinkTests {

	@ParameterizedTest
	@ValueSource(strings = { "tcp://10.0.0.1:80", "udp://10.0.0.1:53", "sctp://[fd00::1]:80" })
	void portOfAServiceIsNotThatOfTheNode(String link) {
		Binder binder = binder(Map.of("CLUSTER_PORT", link, "CLUSTER_PORT_80_TCP_ADDR", "10.0.0.1",
				"CLUSTER_SERVICE_HOST", "10.0.0.1", "CLUSTER_SERVICE_PORT", "80", "CLUSTER_PORT_RANGE", "5"));
		assertThat(binder.bindOrCreate("cluster", ClusterProperties.class).port()).isEqualTo(7900);
		assertThat(binder.bindOrCreate("cluster", ClusterProperties.class).portRange()).isEqualTo(5);
		assertThat(binder.bind("cluster.service.host", String.class).get()).isEqualTo("10.0.0.1");
	}

	@Test
	void portInTheEnvironmentIsTaken() {
		Binder binder = binder(Map.of("CLUSTER_PORT", "7950"));
		assertThat(binder.bindOrCreate("cluster", ClusterProperties.class).port()).isEqualTo(7950);
	}

	private static Binder binder(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
		environment.getPropertySources().addLast(new MapPropertySource("application", Map.of("cluster.port", "7900")));
		new ServiceLinkEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
		ConfigurationPropertySources.attach(environment);
		return Binder.get(environment);
	}

}
