package io.clusterspring.channel;

/**
 * A timer of a {@link Channel}. Thread-safe.
 */
@FunctionalInterface
public interface ChannelTimer {

	/**
	 * Cancel the timer. Its task does not begin after this, if this is called on the
	 * channel; from elsewhere, a run that has begun may still be under way. Nothing
	 * happens if the timer is over.
	 */
	void cancel();

}
