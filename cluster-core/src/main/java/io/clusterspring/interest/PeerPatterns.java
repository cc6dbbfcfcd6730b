package io.clusterspring.interest;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/**
 * The patterns of destinations that another node has announced at one moment, and which
 * destinations they match. Thread-safe.
 */
final class PeerPatterns {

	/** How many patterns of a node are matched; with more it gets everything. */
	static final int MOST = 256;

	/** No patterns. */
	static final PeerPatterns NONE = new PeerPatterns(new String[0], false);

	private static final PeerPatterns TOO_MANY = new PeerPatterns(new String[0], true);

	private static final int MOST_RESULTS = 1024;

	private final String[] names;

	private final boolean tooMany;

	private final Map<String, Boolean> results = new ConcurrentHashMap<>();

	private PeerPatterns(String[] names, boolean tooMany) {
		this.names = names;
		this.tooMany = tooMany;
	}

	static PeerPatterns of(Collection<String> names) {
		if (names.isEmpty()) {
			return NONE;
		}
		return (names.size() > MOST) ? TOO_MANY : new PeerPatterns(names.toArray(String[]::new), false);
	}

	/**
	 * Return whether one of the patterns matches a destination.
	 * @param match matches the name of a pattern with a destination
	 */
	boolean match(String destination, BiPredicate<String, String> match) {
		if (this.names.length == 0) {
			return this.tooMany;
		}
		Boolean known = this.results.get(destination);
		return (known != null) ? known : find(destination, match);
	}

	private boolean find(String destination, BiPredicate<String, String> match) {
		boolean found = false;
		for (int i = 0; i < this.names.length && !found; i++) {
			found = match.test(this.names[i], destination);
		}
		if (this.results.size() >= MOST_RESULTS) {
			this.results.clear();
		}
		this.results.put(destination, found);
		return found;
	}

}
