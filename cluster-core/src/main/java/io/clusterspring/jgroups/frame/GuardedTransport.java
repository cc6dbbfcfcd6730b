package io.clusterspring.jgroups.frame;

/**
 * A transport that lets nothing through to the engine that its door does not admit.
 */
public interface GuardedTransport {

	/**
	 * Set the door, before the transport starts.
	 * @param door the door
	 */
	void guard(FrameDoor door);

}
