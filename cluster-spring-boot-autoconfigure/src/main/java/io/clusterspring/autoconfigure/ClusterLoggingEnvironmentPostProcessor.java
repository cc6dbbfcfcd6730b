package io.clusterspring.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lowers the log levels of JGroups, unless the application sets them with
 * {@code logging.level}. Messages of connections are off: they report errors whenever a
 * node leaves, and warn of other clusters on the same ports.
 */
final class ClusterLoggingEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources()
			.addLast(new MapPropertySource("clusterLogging",
					Map.of("logging.level.org.jgroups", "warn", "logging.level.org.jgroups.blocks.cs", "off",
							"logging.level.io.clusterspring.jgroups.engine.NodeTcp", "off")));
	}

}
