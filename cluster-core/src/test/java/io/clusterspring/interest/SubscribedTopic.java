package io.clusterspring.interest;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.util.AntPathMatcher;

/**
 * A subscription in an {@link InterestWorld}. A topic with a slash is a destination or a
 * pattern.
 */
record SubscribedTopic(String topic, CompletionStage<@Nullable Void> known) {

	static final List<String> TOPICS = List.of("a", "b", "c", "d", "/x/a", "/x/b", "/y/a", "/y/b");

	private static final AntPathMatcher MATCHER = new AntPathMatcher();

	private static final PathPatterns PATTERNS = new PathPatterns(MATCHER);

	static String any(Random random) {
		return TOPICS.get(random.nextInt(TOPICS.size()));
	}

	static String anyOrPattern(Random random) {
		if (random.nextInt(4) > 0) {
			return any(random);
		}
		return random.nextBoolean() ? "/x/*" : "/**/b";
	}

	static boolean isDestination(String topic) {
		return topic.startsWith("/");
	}

	static boolean isAnnounced(String topic, boolean knowsDestinations) {
		return knowsDestinations || !isDestination(topic);
	}

	/** Return the name that is announced. */
	static String name(String topic) {
		if (!isDestination(topic)) {
			return topic;
		}
		return topic.contains("*") ? PATTERNS.nameOf(topic) : Names.ofDestination(topic);
	}

	static Knowledge.Absence absence(String topic) {
		return isDestination(topic) ? (peer, now) -> peer.isWithout(Names.ofDestination(topic), topic, PATTERNS, now)
				: (peer, now) -> peer.isWithout(topic, now);
	}

	boolean hears(String published) {
		return this.topic.equals(published) || (this.topic.contains("*") && MATCHER.match(this.topic, published));
	}

	boolean isInForce() {
		return this.known.toCompletableFuture().isDone();
	}

}
