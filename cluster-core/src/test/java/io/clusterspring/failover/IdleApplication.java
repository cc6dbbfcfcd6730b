package io.clusterspring.failover;

/**
 * A distributed application that does nothing.
 */
public record IdleApplication(String name) implements DistributedApplication {

	@Override
	public void start(StartReason reason) {
	}

	@Override
	public void stop() {
	}

}
