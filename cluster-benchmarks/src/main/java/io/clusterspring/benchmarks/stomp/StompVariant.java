package io.clusterspring.benchmarks.stomp;

import java.util.Locale;

/**
 * The variants of brokers for the clients of two nodes.
 */
enum StompVariant {

	/** Spring's simple broker, made cluster-wide by the starter. */
	STARTER("simple broker with this starter"),

	/** Spring's relay to RabbitMQ, without a cluster. */
	RELAY("relay to RabbitMQ"),

	/** Spring's simple broker on one node for all clients, as the baseline. */
	ALONE("simple broker, one node, no cluster");

	private final String title;

	StompVariant(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	int nodes() {
		return (this == ALONE) ? 1 : 2;
	}

	static StompVariant of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

}
