package io.clusterspring.benchmarks.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The clients of one room. The first of them may broadcast whenever all have received
 * what it said.
 */
final class ClientRoom {

	private final String topic;

	private final List<FollowingClient> members = new ArrayList<>();

	private int window;

	private long said;

	private long heard;

	ClientRoom(String topic) {
		this.topic = topic;
	}

	String topic() {
		return this.topic;
	}

	List<FollowingClient> members() {
		return this.members;
	}

	/**
	 * Begin to broadcast, or stop it.
	 * @param window how many broadcasts are on their way, 0 to stop
	 */
	void window(int window) throws IOException {
		this.window = window;
		this.said = 0;
		this.heard = 0;
		say();
	}

	void heard() throws IOException {
		this.heard++;
		say();
	}

	private void say() throws IOException {
		while (this.window > 0 && this.said - this.heard / this.members.size() < this.window) {
			this.members.get(0).push();
			this.said++;
		}
	}

	/** Return how many messages some members have not got which another one has. */
	long unequal() {
		long unequal = 0;
		for (FollowingClient member : this.members) {
			unequal += this.members.stream().mapToLong((other) -> member.seen().lessThan(other.seen())).max().orElse(0);
		}
		return unequal;
	}

}
