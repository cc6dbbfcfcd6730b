package io.clusterspring.interest;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.util.PathMatcher;

import io.clusterspring.Node;
import io.clusterspring.text.Utf8;

/**
 * Knows which nodes need the messages of a STOMP destination, by the same announcements
 * as the {@link Interests} in topics. A pattern is announced as a pattern, and the
 * publisher matches it. A node that has not said that it announces destinations gets all
 * messages. Thread-safe.
 */
public final class DestinationAudience {

	/** How many patterns a node announces; with more it gets everything. */
	static final int MOST_PATTERNS = 64;

	private static final int LONGEST = 1024;

	private final Interests interests;

	private final PathPatterns patterns;

	/** The patterns that are announced, and their subscriptions. Guarded by itself. */
	private final Map<String, Integer> announced = new HashMap<>();

	/**
	 * Create the audience of destinations.
	 * @param matcher matches the patterns of subscriptions
	 */
	public DestinationAudience(Interests interests, PathMatcher matcher) {
		this.interests = interests;
		this.patterns = new PathPatterns(matcher);
	}

	/**
	 * Tell the other nodes that each subscription of this node is announced from now on,
	 * and those that there are. Until then this node gets the messages of all
	 * destinations.
	 */
	public void open() {
		this.interests.subscribed(Names.DESTINATIONS);
	}

	/** Get the messages of all destinations from now on. */
	public void needEverything() {
		this.interests.subscribed(Names.EVERY_DESTINATION);
	}

	/**
	 * This node has one more subscription, which takes messages already.
	 * @param destination a destination or a pattern
	 * @return the announcement, to be ended with the subscription
	 */
	public Announcement subscribed(String destination) {
		if (destination.length() > LONGEST || !Utf8.isWellFormed(destination)) {
			return everything();
		}
		if (!this.patterns.isPattern(destination)) {
			return announce(Sort.DESTINATION, destination);
		}
		String name = this.patterns.nameOf(destination);
		return (name != null && take(name)) ? announce(Sort.PATTERN, destination) : everything();
	}

	/**
	 * This node has a subscription that takes messages of more than its destination.
	 * @return the announcement, to be ended with the subscription
	 */
	public Announcement everything() {
		return announce(Sort.EVERYTHING, "");
	}

	private Announcement announce(Sort sort, String destination) {
		return new Announcement(sort, destination, this.interests.subscribed(name(sort, destination)));
	}

	private String name(Sort sort, String destination) {
		String name = switch (sort) {
			case DESTINATION -> Names.ofDestination(destination);
			case PATTERN -> this.patterns.nameOf(destination);
			case EVERYTHING -> Names.EVERY_DESTINATION;
		};
		return (name != null) ? name : Names.EVERY_DESTINATION;
	}

	private boolean take(String pattern) {
		synchronized (this.announced) {
			boolean room = this.announced.size() < MOST_PATTERNS || this.announced.containsKey(pattern);
			if (room) {
				this.announced.merge(pattern, 1, Integer::sum);
			}
			return room;
		}
	}

	private void give(String pattern) {
		synchronized (this.announced) {
			this.announced.computeIfPresent(pattern, (name, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/**
	 * End an announcement, once.
	 * @param announcement of a subscription that takes no messages any more
	 */
	public void unsubscribed(Announcement announcement) {
		String name = name(announcement.sort, announcement.destination);
		if (announcement.sort == Sort.PATTERN) {
			give(name);
		}
		this.interests.unsubscribed(name);
	}

	/**
	 * Return the nodes that a message is to be sent to. It takes no lock.
	 * @return whether to send to a node, asked once for each message; {@code null} for
	 * all nodes
	 */
	public @Nullable Predicate<Node> of(String destination) {
		String name = Names.ofDestination(destination);
		return this.interests.of((peer, now) -> peer.isWithout(name, destination, this.patterns, now));
	}

	private enum Sort {

		DESTINATION, PATTERN, EVERYTHING

	}

	/** The announcement of one subscription. */
	public static final class Announcement {

		private final Sort sort;

		private final String destination;

		private final CompletionStage<@Nullable Void> known;

		Announcement(Sort sort, String destination, CompletionStage<@Nullable Void> known) {
			this.sort = sort;
			this.destination = destination;
			this.known = known;
		}

		/**
		 * Return when the subscription is in force.
		 * @return completes when no other node leaves this one out; by a thread that must
		 * not run code of the application
		 */
		public CompletionStage<@Nullable Void> known() {
			return this.known;
		}

	}

}
