package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A property of the cluster.
 *
 * @param name its name, with {@code *} for the key of a map
 * @param elements the parts of its name in lower case, without dashes
 * @param type its type
 */
record KnownProperty(String name, List<String> elements, Class<?> type) {

	/** Stands for the key of a map. */
	static final String ANY = "*";

	static KnownProperty of(String name, Class<?> type) {
		return new KnownProperty(name, List.of(squeeze(name).split("\\.")), type);
	}

	static String squeeze(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	boolean startsWith(List<String> others) {
		if (others.size() > this.elements.size()) {
			return false;
		}
		for (int i = 0; i < others.size(); i++) {
			if (!this.elements.get(i).equals(ANY) && !this.elements.get(i).equals(others.get(i))) {
				return false;
			}
		}
		return true;
	}

	private int key() {
		return this.elements.indexOf(ANY);
	}

	// null if there is no key in that place
	@Nullable String forKeysOf(ConfigurationPropertyName given) {
		if (key() < 0) {
			return this.name;
		}
		return (given.getNumberOfElements() > key()) ? this.name.replace(ANY, given.getElement(key(), Form.ORIGINAL))
				: null;
	}

	/**
	 * Return the name of this property if its key has dots, which are taken for the next
	 * elements unless the key is in brackets.
	 * @return the name, or {@code null} if this property is not the one that is given
	 */
	@Nullable String forKeyWithDots(ConfigurationPropertyName given, List<String> others) {
		int key = key();
		int end = others.size() - (this.elements.size() - key - 1);
		if (key < 0 || end == others.size() || end <= key + 1
				|| !others.subList(0, key).equals(this.elements.subList(0, key))
				|| !others.subList(end, others.size()).equals(this.elements.subList(key + 1, this.elements.size()))) {
			return null;
		}
		String dotted = IntStream.range(key, end)
			.mapToObj((element) -> given.getElement(element, Form.ORIGINAL))
			.collect(Collectors.joining("."));
		return this.name.replace("." + ANY, "[" + dotted + "]");
	}

	/**
	 * Return whether an environment variable stands for this property.
	 * @param parts the parts of its name in lower case
	 */
	boolean isVariable(List<String> parts) {
		if (key() < 0) {
			return String.join("", this.elements).equals(String.join("", parts));
		}
		int start = start(parts);
		// a key is one part
		return start > 0 && rest(parts, start + 1).equals(rest(this.elements, key() + 1));
	}

	/**
	 * Return the environment variable of this property that is meant by another one.
	 * @param parts the parts of its name in lower case
	 * @return the variable, or {@code null} if it cannot be this one
	 */
	@Nullable Candidate nearestVariable(List<String> parts) {
		if (key() < 0) {
			return new Candidate(variable(""), EditDistance.of(String.join("", parts), String.join("", this.elements)));
		}
		int start = start(parts);
		String rest = rest(this.elements, key() + 1);
		if (start < 0 || parts.size() < start + 2) {
			return null;
		}
		for (int end = start + 2; end < parts.size(); end++) {
			if (rest(parts, end).equals(rest)) {
				return new Candidate(variable(String.join("", parts.subList(start, end))), 1);
			}
		}
		String given = rest(parts, start + 1);
		int distance = EditDistance.of(given, rest);
		return (distance <= Math.max(1, given.length() / 5)) ? new Candidate(variable(parts.get(start)), distance)
				: null;
	}

	// where the key begins, or -1 if the variable is of another group
	private int start(List<String> parts) {
		String before = String.join("", this.elements.subList(0, key()));
		return IntStream.range(1, parts.size())
			.filter((end) -> String.join("", parts.subList(0, end)).equals(before))
			.findFirst()
			.orElse(-1);
	}

	private static String rest(List<String> parts, int from) {
		return (from < parts.size()) ? String.join("", parts.subList(from, parts.size())) : "";
	}

	private String variable(String key) {
		return this.name.replace(ANY, key).replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
	}

	/**
	 * A name that may be meant.
	 *
	 * @param name the name
	 * @param distance the number of typing errors
	 */
	record Candidate(String name, int distance) {
	}

}
