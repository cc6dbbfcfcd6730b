package io.clusterspring.channel;

/**
 * A handler and the topics it is for. A bean of this type adds channels without
 * annotations.
 */
public final class ChannelRoute {

	private final TopicPattern pattern;

	private final ChannelHandler handler;

	ChannelRoute(TopicPattern pattern, ChannelHandler handler) {
		this.pattern = pattern;
		this.handler = handler;
	}

	/**
	 * Create a route.
	 * @param pattern the topic pattern, as in {@link ChannelController}
	 * @param handler the handler
	 * @return the route
	 * @throws IllegalArgumentException if the pattern is none
	 */
	public static ChannelRoute of(String pattern, ChannelHandler handler) {
		return new ChannelRoute(new TopicPattern(pattern), handler);
	}

	TopicPattern pattern() {
		return this.pattern;
	}

	ChannelHandler handler() {
		return this.handler;
	}

}
