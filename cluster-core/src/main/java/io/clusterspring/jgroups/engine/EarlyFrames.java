package io.clusterspring.jgroups.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jgroups.Address;
import org.jgroups.Message;

import io.clusterspring.FrameRefusal;
import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.RefusedFrames;

/**
 * Lets frames of the nodes of the view pass, and no others. A node that has a new view
 * first may send before the others have it, so a frame of a node that is not in the view
 * is held for a moment; what is lost is counted. Thread-safe; frames of one sender come
 * one at a time, and stay in order.
 */
final class EarlyFrames {

	/** How many bytes are held. */
	static final long CAPACITY = 4 << 20;

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Map<Address, Queue<Held>> held = new LinkedHashMap<>();

	private final Consumer<Message> beyond;

	private final RefusedFrames refused;

	private final LongSupplier clock;

	private long bytes;

	private volatile Set<Address> present = Set.of();

	EarlyFrames(Consumer<Message> beyond, RefusedFrames refused, LongSupplier clock) {
		this.beyond = beyond;
		this.refused = refused;
		this.clock = clock;
	}

	void pass(Message frame) {
		if (this.present.contains(frame.getSrc()) || !hold(frame)) {
			this.beyond.accept(frame);
		}
	}

	private synchronized boolean hold(Message frame) {
		if (this.present.contains(frame.getSrc())) {
			return false;
		}
		expire();
		if (this.bytes + frame.getLength() <= CAPACITY) {
			this.bytes += frame.getLength();
			this.held.computeIfAbsent(frame.getSrc(), (sender) -> new ArrayDeque<>())
				.add(new Held(frame, this.clock.getAsLong()));
		}
		else {
			lose(FrameRefusal.EARLY, frame, "more than " + CAPACITY + " bytes");
		}
		return true;
	}

	// called before the listeners hear of a view
	synchronized void retain(Collection<Address> members) {
		Set<Address> kept = new HashSet<>(this.present);
		kept.retainAll(members);
		this.present = Set.copyOf(kept);
	}

	// called after the listeners have heard of a view; frames that were held come first
	synchronized void admit(Collection<Address> members) {
		expire();
		for (Address member : members) {
			Queue<Held> early = this.held.remove(member);
			if (early != null) {
				early.forEach((one) -> {
					this.bytes -= one.frame.getLength();
					this.beyond.accept(one.frame);
				});
			}
		}
		this.present = Set.copyOf(members);
	}

	private void expire() {
		long now = this.clock.getAsLong();
		Iterator<Queue<Held>> queues = this.held.values().iterator();
		while (queues.hasNext()) {
			Queue<Held> queue = queues.next();
			while (!queue.isEmpty() && now - queue.element().at > PATIENCE_NANOS) {
				Message late = queue.remove().frame;
				this.bytes -= late.getLength();
				lose(FrameRefusal.OUTSIDE, late, "held in vain for " + PATIENCE_NANOS / 1_000_000 + " ms");
			}
			if (queue.isEmpty()) {
				queues.remove();
			}
		}
	}

	private void lose(FrameRefusal reason, Message frame, String detail) {
		Node node = MemberAddress.nodeOf(frame.getSrc());
		this.refused.add(reason, (node != null) ? node : frame.getSrc(), detail);
	}

	private record Held(Message frame, long at) {
	}

}
