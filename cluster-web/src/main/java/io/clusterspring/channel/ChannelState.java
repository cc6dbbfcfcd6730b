package io.clusterspring.channel;

/**
 * The state of a channel. Only a {@link #JOINED} channel handles messages.
 */
enum ChannelState {

	/** The handler has not decided about the join yet. */
	JOINING,

	/** The client may use the channel. */
	JOINED,

	/** The client was refused, has left, or was removed. This state is final. */
	ENDED

}
