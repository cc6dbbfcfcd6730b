package io.clusterspring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.interest.Interests;

/**
 * Meters of which nodes broadcasts go to.
 */
record InterestMetrics(Interests interests) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<Interests> meters = new Meters<>(registry, this.interests);
		String frames = "Messages of topics and STOMP destinations to another node, counted for each node";
		meters.counter("cluster.routing.frames", frames, (present) -> present.statistics().sentFrames(), "result",
				"sent");
		meters.counter("cluster.routing.frames", frames, (present) -> present.statistics().savedFrames(), "result",
				"saved");
		String topics = "Topics and STOMP destinations that nodes have announced";
		meters.gauge("cluster.routing.topics", topics, (present) -> present.statistics().ownTopics(), "nodes", "self");
		meters.gauge("cluster.routing.topics", topics, (present) -> present.statistics().remoteTopics(), "nodes",
				"others");
		meters.gauge("cluster.routing.waiting", "Announcements that not all nodes have acknowledged yet",
				(present) -> present.statistics().waiting());
	}

}
