package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata of the properties, which the build writes for editors.
 */
final class Metadata {

	private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

	private Metadata() {
	}

	/**
	 * Return our properties, by name.
	 */
	static TreeMap<String, Property> properties() {
		TreeMap<String, Property> properties = all();
		properties.keySet().removeIf((name) -> !name.startsWith("cluster."));
		return properties;
	}

	/**
	 * Return our properties and Spring Boot's, by name.
	 */
	static TreeMap<String, Property> all() {
		TreeMap<String, Property> properties = new TreeMap<>();
		try {
			for (URL url : Collections.list(Metadata.class.getClassLoader().getResources(LOCATION))) {
				for (JsonNode node : JsonMapper.shared().readTree(url.openStream().readAllBytes()).path("properties")) {
					Property property = Property.of(node);
					properties.putIfAbsent(property.name(), property);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	/**
	 * A property.
	 *
	 * @param name its name
	 * @param type the name of its Java type
	 * @param description one or more sentences about it
	 * @param defaultValue its default, or {@code null} if it has none or it is computed
	 */
	record Property(String name, String type, String description, @Nullable String defaultValue) {

		private static Property of(JsonNode node) {
			JsonNode value = node.path("defaultValue");
			List<String> values = value.isArray() ? value.valueStream().map(JsonNode::asString).toList()
					: List.of(value.asString(""));
			String defaultValue = String.join(", ", values);
			return new Property(node.path("name").asString(), node.path("type").asString(),
					node.path("description").asString(""), defaultValue.isEmpty() ? null : defaultValue);
		}

	}

}
