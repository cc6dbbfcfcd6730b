package io.clusterspring.interest;

import java.util.Arrays;
import java.util.Random;

/**
 * Some seconds in which some nodes of an {@link InterestWorld}, or all, publish nothing,
 * and everything else goes on.
 */
final class InterestPauses {

	private final InterestWorld world;

	private final Random random;

	private final boolean[] idle;

	private boolean on;

	InterestPauses(InterestWorld world, Random random, int processes) {
		this.world = world;
		this.random = random;
		this.idle = new boolean[processes];
	}

	boolean isIdle(int index) {
		return this.idle[index];
	}

	void pause() {
		if (this.on) {
			return;
		}
		this.on = true;
		boolean all = this.random.nextBoolean();
		for (int index = 0; index < this.idle.length; index++) {
			this.idle[index] = all || this.random.nextBoolean();
		}
		for (int seconds = this.random.nextInt(25); seconds > 0; seconds--) {
			this.world.pass();
			this.world.run(this.random.nextInt(12));
			this.world.times(20, this.world.links::deliverOne);
			this.world.live().forEach((process) -> this.world.times(8, process::handleOne));
		}
		Arrays.fill(this.idle, false);
		this.on = false;
	}

}
