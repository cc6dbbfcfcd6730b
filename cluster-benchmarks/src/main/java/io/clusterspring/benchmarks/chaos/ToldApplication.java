package io.clusterspring.benchmarks.chaos;

import java.util.function.BiConsumer;

import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.StartReason;

/**
 * A distributed application that only reports when it runs.
 *
 * @param name its name
 * @param told receives the kind of the event, and the application
 */
record ToldApplication(String name, BiConsumer<NodeEvent.Kind, String> told) implements DistributedApplication {

	@Override
	public void start(StartReason reason) {
		this.told.accept(NodeEvent.Kind.RUN, this.name);
	}

	@Override
	public void stop() {
		this.told.accept(NodeEvent.Kind.REST, this.name);
	}

}
