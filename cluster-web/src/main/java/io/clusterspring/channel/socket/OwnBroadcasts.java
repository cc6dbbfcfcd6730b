package io.clusterspring.channel.socket;

import java.util.concurrent.atomic.AtomicInteger;

import io.clusterspring.channel.fanout.ChannelHub;
import io.clusterspring.channel.fanout.Member;

/**
 * Keeps the replies and pushes of a channel in order with the channel's own broadcasts,
 * as in Phoenix, where the channel's process sends both. Broadcasts pass through the
 * topic's mailbox. While a broadcast of the channel may be in it, replies and pushes pass
 * through it as well. Created with the first broadcast, so that other channels have no
 * cost.
 */
final class OwnBroadcasts {

	private final ChannelHub hub;

	private final Member member;

	private final int capacity;

	private final AtomicInteger made = new AtomicInteger();

	private final AtomicInteger queued = new AtomicInteger();

	// this number of the made broadcasts was delivered
	private volatile int settled;

	OwnBroadcasts(ChannelHub hub, Member member, int capacity) {
		this.hub = hub;
		this.member = member;
		this.capacity = capacity;
	}

	/** Record a broadcast that was just sent. */
	void made() {
		this.made.incrementAndGet();
	}

	/**
	 * Return whether all earlier broadcasts, replies and pushes were delivered.
	 * @return {@code true} if the next one can be sent directly
	 */
	boolean areSettled() {
		if (this.queued.get() > 0) {
			return false;
		}
		int made = this.made.get();
		if (made != this.settled && !this.hub.isIdle(this.member)) {
			return false;
		}
		this.settled = made;
		return true;
	}

	/**
	 * Run an action after the messages that are not delivered yet.
	 * @return {@code false} if too many actions are waiting
	 */
	boolean after(Runnable action) {
		int made = this.made.get();
		if (this.queued.incrementAndGet() > this.capacity) {
			this.queued.decrementAndGet();
			return false;
		}
		this.hub.afterBroadcasts(this.member, () -> {
			try {
				action.run();
			}
			finally {
				this.settled = made;
				this.queued.decrementAndGet();
			}
		});
		return true;
	}

}
