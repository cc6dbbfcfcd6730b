package io.clusterspring.interest;

import java.util.concurrent.TimeUnit;

/**
 * The end of a history: what holds in an {@link InterestWorld} in which nothing is lost
 * any more.
 */
record SettledInterests(InterestWorld world) {

	/** Deliver until all have said everything. */
	void settle() {
		this.world.calmDown();
		for (int round = 0; round < 12; round++) {
			this.world.live().forEach(InterestWorld.Process::use);
			pass();
		}
	}

	// and return how many messages were sent
	private int pass() {
		int before = this.world.sent;
		this.world.pass();
		drain();
		return this.world.sent - before;
	}

	private void drain() {
		boolean moved = true;
		while (moved || this.world.links.isMoving()) {
			this.world.links.deliverOne();
			moved = this.world.live().stream().filter(InterestWorld.Process::handleAll).count() > 0;
		}
	}

	/** All subscriptions are in force, and each node leaves out what it can. */
	void checkSettled() {
		for (InterestWorld.Process process : this.world.live()) {
			process.subscriptions
				.forEach((subscription) -> InterestWorld.require(subscription.isInForce(), "not in force at last"));
			InterestWorld.require(process.state.own().size() <= this.world.maxTopics() + 1,
					"more topics than permitted");
			for (InterestWorld.Process other : this.world.live()) {
				for (String topic : SubscribedTopic.TOPICS) {
					boolean listens = other.subscriptions.stream().anyMatch((one) -> one.hears(topic));
					boolean leftOut = process.leavesOut(other, topic);
					InterestWorld.require(process == other || !listens || !leftOut, "a subscriber is left out");
					boolean full = other.state.own().isEverything()
							|| other.state.own().size() > this.world.maxTopics();
					full |= SubscribedTopic.isDestination(topic) && !other.announcesDestinations;
					InterestWorld.require(process == other || listens || full || leftOut,
							process.node + " sends " + topic + " to " + other.node + " in vain");
				}
			}
		}
	}

	/**
	 * Nodes that publish nothing send nothing, and know what they need at once when they
	 * do.
	 */
	void checkIdle() {
		for (long left = LastUse.IDLE + InterestState.LEASE; left > 0; left -= TimeUnit.SECONDS.toNanos(1)) {
			pass();
		}
		for (int round = 0; round < 5; round++) {
			InterestWorld.require(pass() == 0, "an idle node sends");
		}
		for (InterestWorld.Process process : this.world.live()) {
			for (String topic : SubscribedTopic.TOPICS) {
				InterestWorld.require(this.world.live().stream().noneMatch((other) -> process.leavesOut(other, topic)),
						"a lease is left");
			}
		}
		this.world.live().forEach(InterestWorld.Process::use);
		drain();
		checkSettled();
	}

}
