package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
 * Sends to and receives from other nodes. All messages pass one mailbox, which keeps
 * their order.
 */
final class PresenceExchange implements AutoCloseable {

	private final PresenceGuard guard;

	private final UnaryOperator<String> topics;

	private final Mailbox mailbox;

	private final Throttle deltas;

	private final WireLine line;

	private final Ticker ticker;

	private final AtomicLong requests = new AtomicLong();

	PresenceExchange(ClusterWire wire, PresenceGuard guard, UnaryOperator<String> topics,
			ScheduledExecutorService timer, PresenceLimits limits) {
		this.guard = guard;
		this.topics = topics;
		this.mailbox = wire.mailbox(limits.queueCapacity());
		CoalescedTask sending = new CoalescedTask(this.mailbox, this::sendDeltas);
		this.deltas = new Throttle(new Throttle.Timing(timer, limits.deltaInterval()), sending::post, () -> {
		});
		this.line = wire.open(FrameKind.PRESENCE, this.mailbox, this::received);
		CoalescedTask ticking = new CoalescedTask(this.mailbox, this::tick);
		this.ticker = Ticker.on(timer, "cluster-presence", limits.heartbeat(), ticking::post);
		this.ticker.start();
	}

	/**
	 * Send the writes of this node soon.
	 */
	void written() {
		this.deltas.request();
	}

	void view(Collection<Node> others) {
		this.mailbox.postAlways(() -> exchange((state) -> state.view(others)));
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
		exchange((state) -> state.receive(sender,
				PresenceReader.read(body, (start) -> state.origin(sender, start), this.topics)));
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
		for (PresenceMessage.Delta delta = takeDelta(); delta != null; delta = takeDelta()) {
			broadcast(delta);
		}
	}

	private PresenceMessage.@Nullable Delta takeDelta() {
		return this.guard.<PresenceMessage.@Nullable Delta>change(PresenceState::takeDelta);
	}

	private void broadcast(PresenceMessage message) {
		this.line.send(PresenceWriter.write(message));
	}

	/**
	 * Change the state, and send the resulting messages after the lock is released.
	 * @param change the change
	 */
	private void exchange(Consumer<PresenceState> change) {
		this.guard.change((state) -> {
			change.accept(state);
			return state.takeMessages();
		}).forEach((sent) -> send(sent.receiver(), sent.message()));
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
