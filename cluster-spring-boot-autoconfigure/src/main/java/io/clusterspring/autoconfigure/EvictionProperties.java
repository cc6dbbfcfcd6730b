package io.clusterspring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the reaction to an eviction: another live process has the node's name.
 *
 * @param action Action of an evicted node after its distributed applications have stopped
 * and its clients were disconnected: 'rejoin' waits until the name is free and then joins
 * again, 'exit' ends the process with code 75, so that it is restarted.
 * @param retryInterval Time between two attempts to rejoin.
 */
record EvictionProperties(@DefaultValue("rejoin") Action action, @DefaultValue("10s") Duration retryInterval) {

	/** The action of a node that was evicted. */
	enum Action {

		/** Rejoin when the name is free. */
		REJOIN,

		/** End the process. */
		EXIT

	}

}
