package io.clusterspring.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps JGroups quiet unless the application says otherwise with {@code logging.level}
 * properties of its own. Connections are silenced: what they report as errors happens
 * whenever a node leaves, and another cluster on the same ports is nothing to warn of.
 */
final class ClusterLoggingEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources()
			.addLast(new MapPropertySource("clusterLogging",
					Map.of("logging.level.org.jgroups", "warn", "logging.level.org.jgroups.blocks.cs", "off",
							"logging.level.io.clusterspring.jgroups.NodeTcp", "off")));
	}

}
