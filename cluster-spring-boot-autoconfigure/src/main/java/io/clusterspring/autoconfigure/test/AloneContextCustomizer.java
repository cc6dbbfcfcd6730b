package io.clusterspring.autoconfigure.test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Makes an application context a cluster of its own in memory. Its properties come before
 * those of the application and of the machine, and after those of the test itself. A test
 * that sets another transport gets the cluster that is configured.
 *
 * @param alone the choice of the test class, or {@code null} if it makes none
 */
record AloneContextCustomizer(@Nullable Boolean alone) implements ContextCustomizer {

	static final String PROPERTY_SOURCE = "clusterInTests";

	private static final String TRANSPORT = "cluster.transport";

	private static final String LOCAL = "local";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (isAlone(environment)) {
			MutablePropertySources sources = environment.getPropertySources();
			MapPropertySource source = new MapPropertySource(PROPERTY_SOURCE, properties());
			if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
				sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, source);
			}
			else {
				sources.addLast(source);
			}
			if (!LOCAL.equalsIgnoreCase(environment.getProperty(TRANSPORT))) {
				sources.remove(PROPERTY_SOURCE);
			}
		}
	}

	private boolean isAlone(ConfigurableEnvironment environment) {
		return (this.alone != null) ? this.alone : environment.getProperty("cluster.test.alone", Boolean.class, true);
	}

	private static Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put(TRANSPORT, LOCAL);
		properties.put("cluster.name",
				"${spring.application.name:application}-" + UUID.randomUUID().toString().substring(0, 8));
		properties.put("cluster.sync-nodes-timeout", "0");
		properties.put("cluster.sync-nodes-minimum", "0");
		properties.put("cluster.sync-nodes-optional", "");
		properties.put("cluster.sync-nodes-mandatory", "");
		return properties;
	}

}
