package io.clusterspring;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The time that the boot waits for the listed nodes, as Erlang's
 * {@code sync_nodes_timeout}. A number alone, such as {@code 10000}, is in milliseconds;
 * {@code 10s} has a unit; {@code infinity} means no limit; {@code 0} means not to wait.
 *
 * @param limit the longest wait, zero not to wait, or {@code null} for no limit
 */
public record SyncTimeout(@Nullable Duration limit) {

	private static final Pattern TEXT = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)?");

	private static final Map<String, ChronoUnit> UNITS = Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m",
			ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

	public SyncTimeout {
		Duration given = limit;
		Assert.isTrue(given == null || given.isZero() || given.toMillis() > 0, "A timeout is not negative");
	}

	/**
	 * Parse a timeout.
	 * @param text milliseconds, a number with one of the units {@code ms}, {@code s},
	 * {@code m}, {@code h} and {@code d}, or {@code infinity}; an empty text is zero
	 * @return the timeout
	 * @throws IllegalArgumentException if the text is anything else, or negative
	 */
	public static SyncTimeout of(String text) {
		String value = text.trim().toLowerCase(Locale.ROOT);
		if (value.equals("infinity")) {
			return new SyncTimeout(null);
		}
		Matcher matcher = TEXT.matcher(value.isEmpty() ? "0" : value);
		Assert.isTrue(matcher.matches(), () -> "'" + text
				+ "' is not a timeout: expected milliseconds or a duration, such as 10000 or 10s, or infinity; or 0 not to wait");
		String unit = (matcher.group(2) != null) ? matcher.group(2) : "ms";
		return new SyncTimeout(
				Duration.of(Long.parseLong(matcher.group(1)), UNITS.getOrDefault(unit, ChronoUnit.MILLIS)));
	}

	/**
	 * Create a timeout from a number, as YAML has one.
	 * @param millis the milliseconds
	 * @return the timeout
	 * @throws IllegalArgumentException if the number is negative
	 */
	public static SyncTimeout of(Integer millis) {
		return of(millis.toString());
	}

	/**
	 * Return whether this timeout means not to wait.
	 * @return {@code true} if it is zero
	 */
	public boolean isZero() {
		return this.limit != null && this.limit.isZero();
	}

	@Override
	public String toString() {
		return (this.limit != null) ? this.limit.toMillis() + " ms" : "infinity";
	}

}
