package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * What goes to other nodes and comes from them. All of it passes one mailbox, which keeps
 * it in order.
 */
final class PresenceExchange implements AutoCloseable {

	private final PresenceGuard guard;

	private final UnaryOperator<String> topics;

	private final Mailbox mailbox;

	private final Pace deltas;

	private final WireLine line;

	private final Ticker ticker;

	private final AtomicLong requests = new AtomicLong();

	PresenceExchange(ClusterWire wire, PresenceGuard guard, UnaryOperator<String> topics, PresenceThreads threads,
			PresenceLimits limits) {
		this.guard = guard;
		this.topics = topics;
		this.mailbox = wire.mailbox(limits.queueCapacity());
		CoalescedTask sending = new CoalescedTask(this.mailbox, this::sendDeltas);
		this.deltas = new Pace(new Pace.Timing(threads.timer(), limits.deltaInterval()), sending::post, () -> {
		});
		this.line = wire.open(FrameKind.PRESENCE, this.mailbox, this::received);
		CoalescedTask ticking = new CoalescedTask(this.mailbox, this::tick);
		this.ticker = Ticker.on(threads.timer(), "cluster-presence", limits.heartbeat(), ticking::post);
		this.ticker.start();
	}

	/**
	 * Tell the others soon what was written here.
	 */
	void written() {
		this.deltas.ask();
	}

	void view(Collection<Node> others) {
		this.mailbox.postAlways(() -> exchange((state, out) -> state.view(others, out)));
	}

	long requests() {
		return this.requests.get();
	}

	long dropped() {
		return this.line.dropped();
	}

	Map<String, String> failures() {
		return this.ticker.failures();
	}

	private void received(Node sender, ByteBuffer body) {
		exchange((state, out) -> state.hear(sender,
				PresenceReader.read(body, (start) -> state.origin(sender, start), this.topics), out));
	}

	private void tick() {
		PresenceMessage beat = this.guard
			.<@Nullable PresenceMessage>change((state) -> state.isAlone() ? null : state.beat());
		if (beat != null) {
			broadcast(beat);
			exchange(PresenceState::tick);
		}
	}

	private void sendDeltas() {
		for (PresenceDelta delta = takeDelta(); delta != null; delta = takeDelta()) {
			broadcast(delta);
		}
	}

	private @Nullable PresenceDelta takeDelta() {
		return this.guard.<@Nullable PresenceDelta>change(PresenceState::takeDelta);
	}

	private void broadcast(PresenceMessage message) {
		this.line.send(PresenceWriter.write(message));
	}

	/**
	 * Change the state, and send what it has to say when the lock is free again.
	 * @param change the change
	 */
	private void exchange(BiConsumer<PresenceState, PresenceOutbox> change) {
		List<Runnable> sends = this.guard.change((state) -> {
			List<Runnable> out = new ArrayList<>();
			change.accept(state, (receiver, message) -> out.add(() -> send(receiver, message)));
			return out;
		});
		sends.forEach(Runnable::run);
	}

	private void send(Node receiver, PresenceMessage message) {
		if (message instanceof PresenceMessage.Ask) {
			this.requests.incrementAndGet();
		}
		this.line.sendTo(receiver, PresenceWriter.write(message));
	}

	@Override
	public void close() {
		this.ticker.close();
		this.line.close();
	}

}
