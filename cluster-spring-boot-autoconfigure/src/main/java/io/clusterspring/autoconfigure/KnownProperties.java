package io.clusterspring.autoconfigure;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

import io.clusterspring.autoconfigure.KnownProperty.Candidate;

/**
 * The properties of the cluster, read from the records that they are bound to, and which
 * of them is meant by a name that does not exist. Immutable.
 */
final class KnownProperties {

	private final Class<?> root;

	private final List<KnownProperty> all = new ArrayList<>();

	KnownProperties(String prefix, Class<?> root) {
		this.root = root;
		addMembers(prefix, root);
	}

	// constructors are what a native image keeps of the records, because Spring Boot
	// binds by them
	private void addMembers(String prefix, Class<?> type) {
		for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
			String name = prefix + "." + parameter.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (Map.class.isAssignableFrom(parameter.getType())) {
				Class<?> value = ResolvableType.forType(parameter.getParameterizedType())
					.asMap()
					.getGeneric(1)
					.resolve(Object.class);
				add(name + "." + KnownProperty.ANY, value);
			}
			else {
				add(name, parameter.getType());
			}
		}
	}

	private void add(String name, Class<?> type) {
		if (type.isRecord() && type.getPackage().equals(this.root.getPackage())) {
			addMembers(name, type);
		}
		else {
			this.all.add(KnownProperty.of(name, type));
		}
	}

	/**
	 * Return the type of a property.
	 * @param name the name, in any form that Spring Boot reads, with or without the index
	 * of an element
	 * @return the type, {@code Object} for a group of properties, or {@code null} if
	 * there is none of that name
	 */
	@Nullable Class<?> typeOf(ConfigurationPropertyName name) {
		List<String> elements = elements(name);
		return this.all.stream()
			.filter((known) -> known.startsWith(elements))
			.map((known) -> (known.elements().size() == elements.size()) ? known.type() : Object.class)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the property that is meant by a name that does not exist.
	 * @param name the name
	 * @return the name that is most like it, or {@code null} if none is
	 */
	@Nullable String nearest(ConfigurationPropertyName name) {
		List<String> elements = elements(name);
		String given = String.join(".", elements);
		String rest = given.substring(given.indexOf('.') + 1);
		String dotted = this.all.stream()
			.map((known) -> known.forKeyWithDots(name, elements))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		return (dotted != null) ? dotted : nearest(name, given, rest);
	}

	private @Nullable String nearest(ConfigurationPropertyName name, String given, String rest) {
		return this.all.stream()
			.map((known) -> known.forKeysOf(name))
			.filter(Objects::nonNull)
			.map((known) -> new Candidate(known, distance(given, rest, KnownProperty.squeeze(known))))
			.filter((candidate) -> candidate.distance() <= EditDistance.most(rest))
			.min(Comparator.comparing(Candidate::distance))
			.map(Candidate::name)
			.orElse(null);
	}

	private static int distance(String given, String rest, String known) {
		// the group of the property is missing
		return known.endsWith("." + rest) ? 1 : EditDistance.of(given, known);
	}

	/**
	 * Return whether an environment variable stands for a property.
	 * @param name the name of the variable
	 * @return whether Spring Boot reads a property from it
	 */
	boolean isVariable(String name) {
		List<String> parts = parts(name);
		return this.all.stream().anyMatch((known) -> known.isVariable(parts));
	}

	/**
	 * Return the environment variable that is meant by one that stands for no property.
	 * @param name the name of the variable
	 * @return the variable that is most like it, or {@code null} if none is
	 */
	@Nullable String nearestVariable(String name) {
		List<String> parts = parts(name);
		int most = Math.max(1, (String.join("", parts).length() - "cluster".length()) / 5);
		return this.all.stream()
			.map((known) -> known.nearestVariable(parts))
			.filter(Objects::nonNull)
			.filter((candidate) -> candidate.distance() <= most)
			.min(Comparator.comparing(Candidate::distance))
			.map(Candidate::name)
			.orElse(null);
	}

	// without the indexes of elements
	private static List<String> parts(String name) {
		return List.of(name.toLowerCase(Locale.ROOT).replaceAll("(_\\d+_?)+$", "").split("_+"));
	}

	private static List<String> elements(ConfigurationPropertyName name) {
		int size = name.getNumberOfElements();
		while (size > 0 && name.isNumericIndex(size - 1)) {
			size--;
		}
		List<String> elements = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			elements.add(name.getElement(i, Form.UNIFORM));
		}
		return elements;
	}

}
