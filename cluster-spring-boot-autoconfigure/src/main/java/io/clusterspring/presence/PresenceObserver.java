package io.clusterspring.presence;

/**
 * Hears of every change of the table, in order.
 */
interface PresenceObserver {

	/**
	 * Somebody is there who was not.
	 * @param meta who
	 */
	void joined(PresenceMeta meta);

	/**
	 * Somebody is not there who was.
	 * @param meta who
	 */
	void left(PresenceMeta meta);

}
