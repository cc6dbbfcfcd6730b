package io.clusterspring.channel;

/**
 * No reply.
 */
enum NoReply implements Reply {

	INSTANCE

}
