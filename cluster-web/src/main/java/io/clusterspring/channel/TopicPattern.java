package io.clusterspring.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A pattern of topics: {@code room:lobby}, {@code room:*} as in Phoenix, or
 * <code>room:{room}</code>. A variable does not match colons, unless it is at the end.
 * Immutable.
 */
final class TopicPattern {

	private static final Pattern PART = Pattern.compile("\\{(\\w+)}|\\*$|[^{}*]+");

	private final String text;

	private final Pattern regex;

	private final Map<String, Integer> groups = new LinkedHashMap<>();

	private int literals;

	TopicPattern(String text) {
		Assert.hasLength(text, "Topic pattern must not be empty");
		this.text = text;
		StringBuilder regex = new StringBuilder();
		Matcher part = PART.matcher(text);
		int end = 0;
		while (part.find() && part.start() == end) {
			end = part.end();
			regex.append(toRegex(part.group(), part.group(1), end == text.length()));
		}
		Assert.isTrue(end == text.length(),
				() -> "'" + text + "' is not a topic pattern: it may hold text, {variables}, and a * at the end");
		this.regex = Pattern.compile(regex.toString(), Pattern.DOTALL);
	}

	private String toRegex(String part, @Nullable String variable, boolean last) {
		if (variable != null) {
			Integer previous = this.groups.put(variable, this.groups.size() + 1);
			Assert.isTrue(previous == null, () -> "Topic pattern '" + this.text + "' names a variable twice");
			return last ? "(.*)" : "([^:]+)";
		}
		if (part.equals("*")) {
			return "(.*)";
		}
		this.literals += part.length();
		return Pattern.quote(part);
	}

	/**
	 * Match a topic.
	 * @return the values of the variables, or {@code null} if it does not match
	 */
	@Nullable Map<String, String> match(String topic) {
		Matcher matcher = this.regex.matcher(topic);
		if (!matcher.matches()) {
			return null;
		}
		Map<String, String> variables = new LinkedHashMap<>();
		this.groups.forEach((name, group) -> variables.put(name, matcher.group(group)));
		return variables;
	}

	/**
	 * Return how specific the pattern is.
	 * @return the number of literal characters, or {@link Integer#MAX_VALUE} if the
	 * pattern is literal text only
	 */
	int specificity() {
		return (this.literals == this.text.length()) ? Integer.MAX_VALUE : this.literals;
	}

	/**
	 * Return whether two patterns match the same topics.
	 * @return {@code true} if they differ at most in the names of their variables
	 */
	boolean isSameAs(TopicPattern other) {
		return this.regex.pattern().equals(other.regex.pattern());
	}

	@Override
	public String toString() {
		return this.text;
	}

}
