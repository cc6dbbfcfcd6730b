package io.clusterspring.actuate;

import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.observation.ObservationRegistry;

import io.clusterspring.stomp.BridgeObserver;

/**
 * Observes each STOMP message that is sent to other nodes ({@code cluster.broadcast}) or
 * comes from them ({@code cluster.deliver}), so that a trace can cross nodes.
 */
public final class ObservedBridge implements BridgeObserver {

	private final CrossingObservations observations;

	/**
	 * Create the observer.
	 * @param registry the registry of the observations
	 */
	public ObservedBridge(ObservationRegistry registry) {
		this.observations = new CrossingObservations(registry, "cluster.destination");
	}

	@Override
	public void sending(String destination, Consumer<Map<String, String>> send) {
		this.observations.sending(destination, send);
	}

	@Override
	public void delivering(String destination, Map<String, String> attached, Runnable deliver) {
		this.observations.delivering(destination, attached, deliver);
	}

}
