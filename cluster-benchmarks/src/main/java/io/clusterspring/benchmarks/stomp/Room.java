package io.clusterspring.benchmarks.stomp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A destination with its subscribers and the client that publishes there. One thread
 * publishes, another one receives.
 */
final class Room {

	private final String destination;

	private final int members;

	private final AtomicLong received = new AtomicLong();

	private @Nullable ClientSocket publisher;

	private long published;

	Room(String destination, int members) {
		this.destination = destination;
		this.members = members;
	}

	String destination() {
		return this.destination;
	}

	void setPublisher(ClientSocket publisher) {
		this.publisher = publisher;
	}

	void begin() {
		this.published = 0;
		this.received.set(0);
	}

	void publish(int run, long time, int size) throws IOException {
		ClientSocket socket = this.publisher;
		Assert.state(socket != null, "This room has no publisher");
		socket.write(StompFrames.send(this.destination, run, time, size));
		this.published++;
	}

	// only one thread writes it
	void received() {
		this.received.lazySet(this.received.getPlain() + 1);
	}

	long count() {
		return this.received.get();
	}

	/**
	 * Return how many messages have not reached all subscribers.
	 * @return the number of messages, a partly delivered one included
	 */
	long underWay() {
		return this.published - this.received.get() / this.members;
	}

	long missing() {
		return this.published * this.members - this.received.get();
	}

}
