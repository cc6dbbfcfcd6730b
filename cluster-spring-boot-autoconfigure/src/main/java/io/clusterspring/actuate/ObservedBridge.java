package io.clusterspring.actuate;

import java.util.Map;
import java.util.function.Consumer;

import io.clusterspring.stomp.BridgeObserver;

/**
 * Observes each STOMP message that is sent to other nodes ({@code cluster.broadcast}) or
 * comes from them ({@code cluster.deliver}), so that a trace can cross nodes.
 *
 * @param observations the observations, by destination
 */
record ObservedBridge(CrossingObservations observations) implements BridgeObserver {

	@Override
	public void sending(String destination, Consumer<Map<String, String>> send) {
		this.observations.sending(destination, send);
	}

	@Override
	public void delivering(String destination, Map<String, String> attached, Runnable deliver) {
		this.observations.delivering(destination, attached, deliver);
	}

}
