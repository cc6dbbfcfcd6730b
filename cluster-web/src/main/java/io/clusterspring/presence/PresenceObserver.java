package io.clusterspring.presence;

/**
 * Called for every change of the table, in order.
 */
interface PresenceObserver {

	/**
	 * Called when a meta was added.
	 * @param meta the meta
	 */
	void joined(PresenceMeta meta);

	/**
	 * Called when a meta was removed.
	 * @param meta the meta
	 */
	void left(PresenceMeta meta);

}
