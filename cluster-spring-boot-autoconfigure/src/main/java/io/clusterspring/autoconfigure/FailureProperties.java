package io.clusterspring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the reaction to a failure of the engine.
 *
 * @param action Action of a node after an Error of the JVM on a thread of its engine. In
 * any case its health is down. 'leave' leaves the cluster, stops its distributed
 * applications and disconnects its clients, until the node is restarted; 'exit' does the
 * same and ends the process with code 75; 'stay' does nothing.
 */
record FailureProperties(@DefaultValue("leave") Action action) {

	/** The action of a node whose engine has failed. */
	enum Action {

		/** Leave the cluster. */
		LEAVE,

		/** Leave the cluster, and end the process. */
		EXIT,

		/** Do nothing. */
		STAY

	}

}
