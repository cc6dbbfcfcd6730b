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
			return new Topics(cluster, pubSub);
		}
	},

	/** The same, with a cookie: encrypted. */
	TOPICS_COOKIE {
		@Override
		Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
			return new Topics(cluster, pubSub);
		}

		@Override
		List<String> properties() {
			return List.of("--cluster.cookie=only-for-a-measurement");
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

	Medium medium(Cluster cluster, PubSub pubSub, JChannel channel) {
		return new RawJGroups(channel);
	}

	String title() {
		return switch (this) {
			case TOPICS -> "topics";
			case TOPICS_COOKIE -> "topics, with a cookie";
			case RAW -> "JGroups, same stack";
			case RAW_OWN_BUNDLER -> "JGroups, its own bundler";
		};
	}

	static Variant of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
