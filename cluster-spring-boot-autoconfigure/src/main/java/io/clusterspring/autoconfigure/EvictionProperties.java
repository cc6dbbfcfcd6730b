package io.clusterspring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what a node does whose name another live process has.
 *
 * @param action What a node does that was evicted, once its distributed applications have
 * stopped and its clients were sent away: 'rejoin' waits until the name is free and then
 * comes back, 'exit' ends the process with code 75, so that it is started anew.
 * @param retryInterval Time between two attempts to come back.
 */
public record EvictionProperties(@DefaultValue("rejoin") Action action, @DefaultValue("10s") Duration retryInterval) {

	/**
	 * The action of a node that was evicted.
	 */
	public enum Action {

		/** Come back when the name is free. */
		REJOIN,

		/** End the process. */
		EXIT

	}

}
