package io.clusterspring.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps the JVM of a node alive, unless the application sets
 * {@code spring.main.keep-alive}. All threads of the cluster are daemons, so without a
 * web server the process would end when the node has joined.
 */
final class KeepAliveEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getProperty("cluster.enabled", Boolean.class, true)) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("clusterKeepAlive", Map.of("spring.main.keep-alive", "true")));
		}
	}

}
