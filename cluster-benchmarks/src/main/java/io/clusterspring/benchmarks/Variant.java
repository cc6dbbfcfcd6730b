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
	TOPICS {
		@Override
		Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
			return new Topics(cluster, pubSub, mostHearers());
		}
	},

	/** The same, with a cookie: encrypted. */
	TOPICS_COOKIE {
		@Override
		Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
			return new Topics(cluster, pubSub, mostHearers());
		}

		@Override
		List<String> properties() {
			return List.of("--cluster.cookie=only-for-a-measurement");
		}
	},

	/** Topics with a subscriber on one other node only. */
	TOPICS_ONE {
		@Override
		Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
			return new Topics(cluster, pubSub, mostHearers());
		}

		@Override
		int mostHearers() {
			return 1;
		}
	},

	/** The same, without routing: all nodes get all messages. */
	TOPICS_ONE_TO_ALL {
		@Override
		Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
			return new Topics(cluster, pubSub, mostHearers());
		}

		@Override
		int mostHearers() {
			return 1;
		}

		@Override
		List<String> properties() {
			return List.of("--cluster.pubsub.routing.enabled=false");
		}
	},

	/** Topics of which all nodes hear, without routing. */
	TOPICS_TO_ALL {
		@Override
		Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
			return new Topics(cluster, pubSub, mostHearers());
		}

		@Override
		List<String> properties() {
			return List.of("--cluster.pubsub.routing.enabled=false");
		}
	},

	/** The JGroups channel of a node without the starter's code above it. */
	RAW,

	/** The same, with JGroups' own bundler. */
	RAW_OWN_BUNDLER {
		@Override
		void customize(JChannel channel) {
			channel.getProtocolStack().getTransport().setBundler(new TransferQueueBundler());
		}
	};

	void customize(JChannel channel) {
	}

	List<String> properties() {
		return List.of();
	}

	// on how many nodes the messages have a subscriber, besides the publisher
	int mostHearers() {
		return Integer.MAX_VALUE;
	}

	Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
		return new RawJGroups(channel);
	}

	String title() {
		return switch (this) {
			case TOPICS -> "topics";
			case TOPICS_COOKIE -> "topics, with a cookie";
			case TOPICS_ONE -> "topics, one subscriber";
			case TOPICS_ONE_TO_ALL -> "topics, one subscriber, no routing";
			case TOPICS_TO_ALL -> "topics, no routing";
			case RAW -> "JGroups, same stack";
			case RAW_OWN_BUNDLER -> "JGroups, its own bundler";
		};
	}

	static Variant of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
