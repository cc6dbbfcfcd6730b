package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Finds the handler of a topic. The most specific pattern comes first. Immutable.
 */
final class ChannelRoutes {

	private final List<ChannelRoute> routes;

	ChannelRoutes(List<ChannelRoute> routes) {
		List<ChannelRoute> sorted = new ArrayList<>(routes);
		sorted.sort(Comparator.comparing((route) -> route.pattern().specificity(), Comparator.reverseOrder()));
		for (int i = 0; i < sorted.size(); i++) {
			for (ChannelRoute other : sorted.subList(i + 1, sorted.size())) {
				TopicPattern pattern = sorted.get(i).pattern();
				Assert.state(!pattern.isSameAs(other.pattern()),
						() -> "Two channel handlers have patterns for the same topics: '" + pattern + "' and '"
								+ other.pattern() + "'. Change or remove one of them");
			}
		}
		this.routes = List.copyOf(sorted);
	}

	@Nullable Match find(String topic) {
		if (topic.isEmpty()) {
			return null;
		}
		for (ChannelRoute route : this.routes) {
			Map<String, String> variables = route.pattern().match(topic);
			if (variables != null) {
				return new Match(route.handler(), variables);
			}
		}
		return null;
	}

	/**
	 * The handler of a topic.
	 *
	 * @param handler the handler
	 * @param variables the values of the pattern's variables
	 */
	record Match(ChannelHandler handler, Map<String, String> variables) {
	}

}
