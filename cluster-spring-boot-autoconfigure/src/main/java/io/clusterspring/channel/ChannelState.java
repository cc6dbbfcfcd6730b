package io.clusterspring.channel;

/**
 * How far a channel has come. Only a channel that is {@link #JOINED} has anything
 * handled.
 */
enum ChannelState {

	/** Whether the client may join is not decided yet. */
	JOINING,

	/** The client may use the channel. */
	JOINED,

	/** The client was refused, has left, or was thrown out: for good. */
	ENDED

}
