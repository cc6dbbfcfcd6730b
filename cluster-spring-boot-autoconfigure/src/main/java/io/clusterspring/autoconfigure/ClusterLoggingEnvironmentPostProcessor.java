package io.clusterspring.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps JGroups quiet unless the application says otherwise with a
 * {@code logging.level.org.jgroups} property of its own.
 */
final class ClusterLoggingEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources()
			.addLast(new MapPropertySource("clusterLogging",
					Map.of("logging.level.org.jgroups", "warn", "logging.level.org.jgroups.blocks.cs", "off")));
	}

}
