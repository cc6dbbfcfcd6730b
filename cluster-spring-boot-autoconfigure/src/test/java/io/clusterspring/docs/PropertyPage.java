package io.clusterspring.docs;

import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.clusterspring.docs.Metadata.Property;

/**
 * Writes {@code docs/properties.md} from the metadata of the properties.
 */
final class PropertyPage {

	/** The properties of a distributed application, and their defaults. */
	static final Map<String, String> DISTRIBUTED = members("DistributedProperties");

	/** The properties of a history, and their defaults. */
	static final Map<String, String> HISTORY = members("HistoryProperties");

	/** The pages that explain properties with a name in them, and those properties. */
	private static final Map<String, Map<String, String>> NAMED = Map.of("distributed", DISTRIBUTED, "history",
			HISTORY);

	private static final String START = """
			# Properties

			This page is generated from the metadata that editors complete from, and the build fails if the two differ. A duration is written `500ms`, `10s` or `1m`, a size `64KB` or `1MB`, \
			a list as `a, b` or as a list of YAML. A property without a default is not set, unless its text says otherwise.

			""";

	private static final Pattern QUOTED = Pattern.compile("(?<!\\w)'([^']+)'(?!\\w)");

	private static final Map<String, String> EXPLAINED = new TreeMap<>(Map.ofEntries(
			Map.entry("cluster", "[The cluster](cluster.md), [Discovery](discovery.md), [Security](security.md)"),
			Map.entry("channels", "[Channels](channels.md), [Limits](limits.md)"),
			Map.entry("discovery", "[Discovery](discovery.md)"),
			Map.entry("distributed", "[Distributed applications](distributed.md)"),
			Map.entry("eviction", "[A node that has lost its name](operations.md#a-node-that-has-lost-its-name)"),
			Map.entry("executor", "[Threads](operations.md#threads)"),
			Map.entry("failure", "[A node whose engine has failed](operations.md#a-node-whose-engine-has-failed)"),
			Map.entry("failure-detection", "[Operations](operations.md)"),
			Map.entry("history", "[Nothing missed](history.md)"), Map.entry("http", "[Topics by HTTP](http.md)"),
			Map.entry("jgroups", "[A JGroups XML of your own](discovery.md#a-jgroups-xml-of-your-own)"),
			Map.entry("outbox", "[Large payloads](limits.md#large-payloads)"),
			Map.entry("presence", "[Presence](presence.md)"), Map.entry("pubsub", "[Topics](topics.md)"),
			Map.entry("ssl", "[Security](security.md#tls-in-five-lines)"), Map.entry("stomp", "[STOMP](stomp.md)")));

	private PropertyPage() {
	}

	static String render() {
		Map<String, StringBuilder> sections = new TreeMap<>();
		sections.put("", new StringBuilder());
		for (Property property : Metadata.properties().values()) {
			String[] parts = property.name().split("\\.");
			String section = (parts.length > 2 || NAMED.containsKey(parts[1])) ? parts[1] : "";
			sections.computeIfAbsent(section, (name) -> new StringBuilder()).append(row(property));
		}
		StringBuilder page = new StringBuilder(START);
		sections.forEach((section, rows) -> {
			page.append("## cluster").append(section.isEmpty() ? "" : "." + section).append("\n\n");
			String links = EXPLAINED.get(section.isEmpty() ? "cluster" : section);
			if (links != null) {
				page.append("Explained in ").append(links).append(".\n\n");
			}
			page.append("| property | default | |\n|---|---|---|\n").append(rows).append('\n');
		});
		return page.toString().stripTrailing() + "\n";
	}

	private static String row(Property property) {
		String last = property.name().substring(property.name().indexOf('.') + 1);
		Map<String, String> named = NAMED.get(last);
		if (named != null) {
			StringBuilder rows = new StringBuilder();
			named.forEach((name, value) -> rows.append(
					row(property.name() + ".<name>." + name, value, "See [the table](" + last + ".md#properties)")));
			return rows.toString();
		}
		String description = QUOTED.matcher(property.description()).replaceAll("`$1`").replace("|", "\\|");
		return row(property.name(), (property.defaultValue() != null) ? property.defaultValue() : "", description);
	}

	private static String row(String name, String value, String description) {
		return "| `" + name + "` | " + (value.isEmpty() ? "" : "`" + value + "`") + " | " + description + " |\n";
	}

	private static Map<String, String> members(String record) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (Parameter parameter : type("io.clusterspring.autoconfigure." + record).getDeclaredConstructors()[0]
			.getParameters()) {
			DefaultValue value = parameter.getAnnotation(DefaultValue.class);
			properties.put(parameter.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
					(value != null) ? String.join(", ", value.value()) : "");
		}
		return properties;
	}

	private static Class<?> type(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
