package io.clusterspring.benchmarks;

import java.util.List;
import java.util.Locale;

import org.jgroups.JChannel;
import org.jgroups.protocols.TransferQueueBundler;

import io.clusterspring.Cluster;
import io.clusterspring.pubsub.PubSub;

/**
 * The variants that are measured.
 */
enum Variant {

	/** Topics, as an application uses them. */
	TOPICS("topics"),

	/** The same, with a cookie: encrypted. */
	TOPICS_COOKIE("topics, with a cookie", "--cluster.cookie=only-for-a-measurement"),

	/** Topics with a subscriber on one other node only. */
	TOPICS_ONE("topics, one subscriber"),

	/** The same, without routing: all nodes get all messages. */
	TOPICS_ONE_TO_ALL("topics, one subscriber, no routing", "--cluster.pubsub.routing.enabled=false"),

	/** Topics of which all nodes hear, without routing. */
	TOPICS_TO_ALL("topics, no routing", "--cluster.pubsub.routing.enabled=false"),

	/** The JGroups channel of a node without the starter's code above it. */
	RAW("JGroups, same stack"),

	/** The same, with JGroups' own bundler. */
	RAW_OWN_BUNDLER("JGroups, its own bundler");

	private final String title;

	private final List<String> properties;

	Variant(String title, String... properties) {
		this.title = title;
		this.properties = List.of(properties);
	}

	void customize(JChannel channel) {
		if (this == RAW_OWN_BUNDLER) {
			channel.getProtocolStack().getTransport().setBundler(new TransferQueueBundler());
		}
	}

	List<String> properties() {
		return this.properties;
	}

	// on how many nodes the messages have a subscriber, besides the publisher
	int mostHearers() {
		return (this == TOPICS_ONE || this == TOPICS_ONE_TO_ALL) ? 1 : Integer.MAX_VALUE;
	}

	Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
		return (this == RAW || this == RAW_OWN_BUNDLER) ? new RawJGroups(channel)
				: new Topics(cluster, pubSub, mostHearers());
	}

	String title() {
		return this.title;
	}

	static Variant of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
