package io.clusterspring.channel.tap;

/**
 * Where a message goes.
 */
enum Direction {

	/** From a client. */
	IN,

	/** To clients. */
	OUT

}
