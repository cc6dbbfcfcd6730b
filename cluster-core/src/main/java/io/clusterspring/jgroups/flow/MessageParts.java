package io.clusterspring.jgroups.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jspecify.annotations.Nullable;

import io.clusterspring.PayloadLimit;

/**
 * Messages of which some parts have come. A sender has one message under way at a time,
 * whose parts come in their order: of what is not so, nothing is kept. The parts that are
 * kept are bounded: of one sender, and of all together. Thread-safe.
 *
 * <p>
 * Beyond the bound of all, a message is given up of which nothing has come for a while,
 * or else the one that was begun last, so that the others come to their end.
 */
final class MessageParts {

	/** The bytes of one part, unless it is the last. */
	static final int PART = 60_000;

	/**
	 * How many senders are known at once: those that are no members may be any number.
	 */
	static final int MOST_SENDERS = 1000;

	private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(2);

	// what a message and its place in the list take beside the payload
	private static final int OVERHEAD = 500;

	// those of which something has come last are at the end
	private final Map<Address, Unfinished> messages = new LinkedHashMap<>(16, 0.75f, true);

	private final List<Address> lost = new ArrayList<>();

	private final long mostOfOne;

	private final long mostOfAll;

	private final LongSupplier clock;

	private long begun;

	private long bytes;

	// a node sends another one large message after the other
	MessageParts(int largest) {
		this(withOverhead(largest), Math.max(withOverhead(largest), share()), System::nanoTime);
	}

	MessageParts(long mostOfOne, long mostOfAll, LongSupplier clock) {
		this.mostOfOne = mostOfOne;
		this.mostOfAll = mostOfAll;
		this.clock = clock;
	}

	// however large others may be: put together, a message is there twice for a moment
	static int largestOf(PayloadLimit limit) {
		return (int) Math.min(limit.largestFrame(), share());
	}

	private static long share() {
		return Runtime.getRuntime().maxMemory() / 4;
	}

	private static long withOverhead(long largest) {
		return largest + count(largest) * (long) OVERHEAD;
	}

	static int count(long length) {
		return (int) ((length + PART - 1) / PART);
	}

	// all parts in their order if this was the last one
	synchronized @Nullable List<Message> add(Address sender, long id, int index, int count, Message part) {
		Unfinished message = this.messages.get(sender);
		if (message == null || message.id != id) {
			message = begin(sender, id, count);
		}
		if (message.lost) {
			return null;
		}
		if (index != message.parts.size() || count != message.count) {
			lose(message);
			return null;
		}
		message.parts.add(part);
		message.touched = this.clock.getAsLong();
		grow(message, part.getLength() + OVERHEAD);
		if (message.parts.size() == count) {
			forget(sender);
			return message.parts;
		}
		shed(message);
		return null;
	}

	private Unfinished begin(Address sender, long id, int count) {
		forget(sender);
		Unfinished message = new Unfinished(sender, id, count, this.begun++);
		this.messages.put(sender, message);
		if (this.messages.size() > MOST_SENDERS) {
			forget(this.messages.keySet().iterator().next());
		}
		return message;
	}

	private void grow(Unfinished message, long more) {
		message.bytes += more;
		this.bytes += more;
	}

	private void shed(Unfinished message) {
		if (message.bytes > this.mostOfOne) {
			lose(message);
		}
		while (this.bytes > this.mostOfAll) {
			lose(toGiveUp());
		}
	}

	private Unfinished toGiveUp() {
		Collection<Unfinished> all = this.messages.values();
		Unfinished eldest = all.stream().filter((message) -> !message.lost).findFirst().orElseThrow();
		return (this.clock.getAsLong() - eldest.touched > STALE_NANOS) ? eldest
				: all.stream()
					.filter((message) -> !message.lost)
					.max(Comparator.comparingLong((message) -> message.number))
					.orElse(eldest);
	}

	private void lose(Unfinished message) {
		grow(message, -message.bytes);
		message.parts = List.of();
		message.lost = true;
		this.lost.add(message.sender);
	}

	// the sender of each message that was given up since the last call
	synchronized List<Address> takeLost() {
		List<Address> taken = List.copyOf(this.lost);
		this.lost.clear();
		return taken;
	}

	synchronized void forget(Address sender, long id) {
		Unfinished message = this.messages.get(sender);
		if (message != null && message.id == id) {
			forget(sender);
		}
	}

	private void forget(Address sender) {
		Unfinished message = this.messages.remove(sender);
		if (message != null) {
			grow(message, -message.bytes);
		}
	}

	synchronized void retain(Set<Address> members) {
		List<Address> others = this.messages.keySet().stream().filter((sender) -> !members.contains(sender)).toList();
		others.forEach(this::forget);
	}

	synchronized long bytes() {
		return this.bytes;
	}

	private static final class Unfinished {

		private final Address sender;

		private final long id;

		private final int count;

		private final long number;

		private List<Message> parts = new ArrayList<>();

		private long bytes;

		private long touched;

		private boolean lost;

		Unfinished(Address sender, long id, int count, long number) {
			this.sender = sender;
			this.id = id;
			this.count = count;
			this.number = number;
		}

	}

}
