package io.clusterspring.test;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Makes an application context a node of a {@link ClusterTest}. Contexts with the same
 * configuration are nodes of the same cluster, in all test classes.
 *
 * @param nodes how many nodes there are
 * @param number the number of this node
 */
record NodeContextCustomizer(int nodes, int number) implements ContextCustomizer {

	private static final ConcurrentMap<Configuration, String> NAMES = new ConcurrentHashMap<>();

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("clusterTest", properties(mergedConfig)));
		if (this.number == 1) {
			context.getBeanFactory().registerSingleton("clusterNodes", new ClusterNodes());
		}
	}

	private Map<String, Object> properties(MergedContextConfiguration mergedConfig) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("cluster.transport", "local");
		properties.put("cluster.name", NAMES.computeIfAbsent(Configuration.of(mergedConfig, this.nodes),
				(configuration) -> "test-" + UUID.randomUUID().toString().substring(0, 8)));
		properties.put("cluster.node", "n" + this.number + "@local");
		properties.put("cluster.sync-nodes-timeout", "0");
		return properties;
	}

	/**
	 * Everything in the configuration of a context but the number of the node.
	 */
	private record Configuration(int nodes, List<Object> parts, Set<ContextCustomizer> customizers) {

		static Configuration of(MergedContextConfiguration merged, int nodes) {
			Set<ContextCustomizer> others = new LinkedHashSet<>(merged.getContextCustomizers());
			others.removeIf(NodeContextCustomizer.class::isInstance);
			List<Object> parts = List.of(List.of(merged.getLocations()), List.of(merged.getClasses()),
					merged.getContextInitializerClasses(), List.of(merged.getActiveProfiles()),
					merged.getPropertySourceDescriptors(), List.of(merged.getPropertySourceProperties()));
			return new Configuration(nodes, parts, others);
		}

	}

}
