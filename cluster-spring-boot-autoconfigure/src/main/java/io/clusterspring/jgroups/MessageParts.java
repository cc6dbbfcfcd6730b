package io.clusterspring.jgroups;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jspecify.annotations.Nullable;

import io.clusterspring.PayloadLimit;

/**
 * Messages of which some parts have come. Nothing is allocated before it is there, and
 * what is there is bounded: of one sender, which has one message under way at a time, and
 * of all together. Beyond that, the message of the sender that was begun first is given
 * up. Thread-safe.
 *
 * <p>
 * FRAG4 allocates an array for as many parts as the first of them announces, and keeps
 * what it has until the sender leaves.
 */
final class MessageParts {

	/**
	 * The bytes of one part, unless it is the last.
	 */
	static final int PART = 60_000;

	private final Map<Address, Sender> senders = new HashMap<>();

	private final long mostOfOne;

	private final long mostOfAll;

	private long bytes;

	/**
	 * Create the parts of messages of at most some size. A node sends another one large
	 * message after the other.
	 * @param largest the largest message
	 */
	MessageParts(int largest) {
		this(withOverhead(largest), Math.max(withOverhead(largest), share()));
	}

	MessageParts(long mostOfOne, long mostOfAll) {
		this.mostOfOne = mostOfOne;
		this.mostOfAll = mostOfAll;
	}

	/**
	 * Return the largest message that this node takes, however large others may be: put
	 * together, it is there twice for a moment.
	 * @param limit the limit of what nodes send
	 * @return the number of bytes
	 */
	static int largestOf(PayloadLimit limit) {
		return (int) Math.min(limit.largestFrame(), share());
	}

	private static long share() {
		return Runtime.getRuntime().maxMemory() / 4;
	}

	private static long withOverhead(long largest) {
		return largest + count(largest) * (long) Pending.OVERHEAD;
	}

	/**
	 * Return how many parts a message has.
	 * @param length the length of the message
	 * @return the number of parts
	 */
	static int count(long length) {
		return (int) ((length + PART - 1) / PART);
	}

	/**
	 * Take a part.
	 * @param sender the sender
	 * @param id the number of the message, of this sender
	 * @param index the position of the part
	 * @param count how many parts the message has
	 * @param part the part
	 * @return the parts in their order if this was the last one, or {@code null}
	 */
	synchronized @Nullable List<Message> add(Address sender, long id, int index, int count, Message part) {
		Sender its = this.senders.computeIfAbsent(sender, (address) -> new Sender());
		Pending pending = its.messages.computeIfAbsent(id, (number) -> new Pending());
		if (pending.parts.putIfAbsent(index, part) == null) {
			grow(its, pending, part.getLength() + Pending.OVERHEAD);
		}
		if (pending.parts.size() < count) {
			return null;
		}
		forget(its, pending);
		its.messages.remove(id);
		return ordered(pending, count);
	}

	private void grow(Sender sender, Pending pending, long more) {
		pending.bytes += more;
		sender.bytes += more;
		this.bytes += more;
	}

	private void forget(Sender sender, Pending pending) {
		grow(sender, pending, -pending.bytes);
	}

	private static @Nullable List<Message> ordered(Pending pending, int count) {
		List<Message> ordered = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			Message part = pending.parts.get(i);
			if (part == null) {
				return null;
			}
			ordered.add(part);
		}
		return ordered;
	}

	/**
	 * Give up what is too much.
	 * @param sender the one that has sent something last
	 * @return how many messages were given up
	 */
	synchronized int giveUp(Address sender) {
		Sender its = this.senders.get(sender);
		int given = 0;
		while (its != null && !its.messages.isEmpty() && (its.bytes > this.mostOfOne || this.bytes > this.mostOfAll)) {
			Iterator<Pending> eldest = its.messages.values().iterator();
			forget(its, eldest.next());
			eldest.remove();
			given++;
		}
		return given;
	}

	/**
	 * Forget a message that will not be completed.
	 * @param sender the sender
	 * @param id the number of the message
	 */
	synchronized void forget(Address sender, long id) {
		Sender its = this.senders.get(sender);
		Pending pending = (its != null) ? its.messages.remove(id) : null;
		if (its != null && pending != null) {
			forget(its, pending);
		}
	}

	/**
	 * Forget what others have sent than the members.
	 * @param members the members
	 */
	synchronized void retain(Set<Address> members) {
		Iterator<Map.Entry<Address, Sender>> all = this.senders.entrySet().iterator();
		while (all.hasNext()) {
			Map.Entry<Address, Sender> one = all.next();
			if (!members.contains(one.getKey())) {
				this.bytes -= one.getValue().bytes;
				all.remove();
			}
		}
	}

	synchronized long bytes() {
		return this.bytes;
	}

	private static final class Sender {

		private final Map<Long, Pending> messages = new LinkedHashMap<>();

		private long bytes;

	}

	private static final class Pending {

		// what a message and its place in the map take beside the payload
		private static final int OVERHEAD = 500;

		private final Map<Integer, Message> parts = new HashMap<>();

		private long bytes;

	}

}
