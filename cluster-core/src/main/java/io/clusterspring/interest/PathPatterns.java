package io.clusterspring.interest;

import java.util.StringTokenizer;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.PathMatcher;

/**
 * The patterns of STOMP destinations, as the broker of this node reads them. A client
 * chooses patterns, and other nodes match them, so none with a regular expression of its
 * own is announced, and none that takes long to match. Thread-safe.
 */
final class PathPatterns implements BiPredicate<String, String> {

	private static final int LONGEST = 256;

	private static final int MOST_WILDCARDS = 2;

	private final PathMatcher matcher;

	/** How patterns are read; {@code null} if it cannot be told other nodes. */
	private final @Nullable String dialect;

	PathPatterns(PathMatcher matcher) {
		this.matcher = matcher;
		this.dialect = (matcher.getClass() == AntPathMatcher.class) ? dialect(matcher) : null;
	}

	// the matcher does not tell its settings
	private static @Nullable String dialect(PathMatcher matcher) {
		String combined = matcher.combine("a", "b");
		if (combined.length() != 3) {
			return null;
		}
		return combined.charAt(1) + (matcher.match("a", "A") ? "i" : "") + (matcher.match("a", " a ") ? "t" : "");
	}

	boolean isPattern(String destination) {
		return this.matcher.isPattern(destination);
	}

	/**
	 * Return the name under which a pattern is announced.
	 * @return the name, {@code null} if other nodes are not to match it
	 */
	@Nullable String nameOf(String pattern) {
		String known = this.dialect;
		return (known != null && isCheap(pattern, known.substring(0, 1))) ? Names.ofPattern(known, pattern) : null;
	}

	private static boolean isCheap(String pattern, String separator) {
		if (pattern.length() > LONGEST || pattern.indexOf('{') >= 0) {
			return false;
		}
		StringTokenizer segments = new StringTokenizer(pattern, separator);
		while (segments.hasMoreTokens()) {
			if (segments.nextToken().chars().filter((character) -> character == '*').count() > MOST_WILDCARDS) {
				return false;
			}
		}
		return true;
	}

	/** Return whether a pattern may match a destination. */
	@Override
	public boolean test(String name, String destination) {
		String known = this.dialect;
		String prefix = (known != null) ? Names.ofPattern(known, "") : null;
		if (prefix == null || !name.startsWith(prefix) || destination.length() > LONGEST) {
			return true;
		}
		String pattern = name.substring(prefix.length());
		if (known == null || !isCheap(pattern, known.substring(0, 1))) {
			return true;
		}
		try {
			return this.matcher.match(pattern, destination);
		}
		catch (RuntimeException ex) {
			// to send is safe
			return true;
		}
	}

}
