package io.clusterspring.channel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps what a channel says behind its own broadcasts, as in Phoenix, where both leave
 * from the channel's process. Broadcasts take the way through the topic's mailbox; while
 * one of the channel's own may be on it, replies and pushes take the same way. Created
 * with the first broadcast, so other channels know nothing of it.
 */
final class OwnBroadcasts {

	private final ChannelHub hub;

	private final String topic;

	private final int capacity;

	private final AtomicInteger made = new AtomicInteger();

	private final AtomicInteger detours = new AtomicInteger();

	// so many of those made have gone to the client
	private volatile int settled;

	OwnBroadcasts(ChannelHub hub, String topic, int capacity) {
		this.hub = hub;
		this.topic = topic;
		this.capacity = capacity;
	}

	/**
	 * Take note of a broadcast that is on its way now.
	 */
	void made() {
		this.made.incrementAndGet();
	}

	/**
	 * Return whether all that came before is with the client.
	 * @return {@code true} if nothing can be overtaken
	 */
	boolean areSettled() {
		if (this.detours.get() > 0) {
			return false;
		}
		int made = this.made.get();
		if (made != this.settled && !this.hub.isIdle(this.topic)) {
			return false;
		}
		this.settled = made;
		return true;
	}

	/**
	 * Do something behind what is on its way.
	 * @param action what to do
	 * @return {@code false} if too much is waiting already
	 */
	boolean after(Runnable action) {
		int made = this.made.get();
		if (this.detours.incrementAndGet() > this.capacity) {
			this.detours.decrementAndGet();
			return false;
		}
		this.hub.afterBroadcasts(this.topic, () -> {
			try {
				action.run();
			}
			finally {
				this.settled = made;
				this.detours.decrementAndGet();
			}
		});
		return true;
	}

}
