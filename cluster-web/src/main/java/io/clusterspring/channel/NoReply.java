package io.clusterspring.channel;

/**
 * The reply of a handler that does not answer.
 */
enum NoReply implements Reply {

	INSTANCE

}
