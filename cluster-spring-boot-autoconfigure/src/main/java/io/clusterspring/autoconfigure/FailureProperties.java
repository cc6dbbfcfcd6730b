package io.clusterspring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what a node does whose engine has failed.
 *
 * @param action What a node does after an Error of the JVM on a thread of its engine,
 * besides being down: 'leave' takes it out of the cluster, stops its distributed
 * applications and sends its clients away, until it is started anew, 'exit' then ends the
 * process with code 75, 'stay' goes on.
 */
public record FailureProperties(@DefaultValue("leave") Action action) {

	/**
	 * The action of a node whose engine has failed.
	 */
	public enum Action {

		/** Leave the cluster. */
		LEAVE,

		/** Leave the cluster, and end the process. */
		EXIT,

		/** Do nothing. */
		STAY

	}

}
