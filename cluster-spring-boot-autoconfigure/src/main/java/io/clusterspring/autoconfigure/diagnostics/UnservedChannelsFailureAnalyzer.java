package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that no client could join the channels of an application context.
 */
final class UnservedChannelsFailureAnalyzer extends AbstractFailureAnalyzer<UnservedChannelsException> {

	private static final String REACTIVE = """
			Do one of these:
			- serve the channels from a servlet application: use the dependency cluster-spring-boot-starter, and set \
			spring.main.web-application-type=servlet if WebFlux is on the class path as well
			- move the @ChannelController to another application of the same cluster; topics, presence and \
			distributed applications work in this one
			- if no client is to join here, set cluster.channels.enabled=false""";

	private static final String CHILD = "Move the @ChannelController to the parent context, or build the application "
			+ "as one context.";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnservedChannelsException cause) {
		String controllers = "@ChannelController on " + String.join(", ", cause.controllers());
		return switch (cause.reason()) {
			case REACTIVE -> new FailureAnalysis("This is a reactive web application (Spring WebFlux), and clients "
					+ "cannot join channels there: channels need a servlet container. It has " + controllers + ".",
					REACTIVE, cause);
			case CHILD -> new FailureAnalysis(
					"This child context has " + controllers + ", but its parent context "
							+ "serves the channels, and does not see the beans of this one: no client could join.",
					CHILD, cause);
		};
	}

}
