package io.clusterspring.interest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The links of an {@link InterestWorld}. Each keeps the order of what it carries, and
 * there is none among them.
 */
final class InterestLinks {

	private final Random random;

	private final Map<String, Deque<Runnable>> links = new LinkedHashMap<>();

	InterestLinks(Random random) {
		this.random = random;
	}

	boolean isMoving() {
		return !this.links.isEmpty();
	}

	void carry(InterestState sender, InterestState receiver, Runnable delivery) {
		this.links.computeIfAbsent(sender.hashCode() + " to " + receiver.hashCode(), (key) -> new ArrayDeque<>())
			.add(delivery);
	}

	/** Deliver the next one of any link. */
	void deliverOne() {
		if (!this.links.isEmpty()) {
			String[] names = this.links.keySet().toArray(String[]::new);
			String name = names[this.random.nextInt(names.length)];
			Deque<Runnable> link = this.links.getOrDefault(name, new ArrayDeque<>());
			Runnable delivery = link.remove();
			if (link.isEmpty()) {
				this.links.remove(name);
			}
			delivery.run();
		}
	}

}
