package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Delta;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * Sends to and receives from other nodes. All messages pass one mailbox, which keeps
 * their order.
 */
final class PresenceExchange implements AutoCloseable {

	private final PresenceState state;

	private final PresencePublisher publisher;

	private final UnaryOperator<String> topics;

	private final Mailbox mailbox;

	private final Throttle deltas;

	private final WireLine line;

	private final Ticker ticker;

	// only the mailbox uses it
	private final BeatRhythm rhythm = new BeatRhythm();

	private final AtomicLong requests = new AtomicLong();

	PresenceExchange(ClusterWire wire, PresenceState state, PresencePublisher publisher, UnaryOperator<String> topics,
			ScheduledExecutorService timer, PresenceLimits limits) {
		this.state = state;
		this.publisher = publisher;
		this.topics = topics;
		this.mailbox = wire.mailbox(limits.queueCapacity());
		CoalescedTask sending = new CoalescedTask(this.mailbox, this::sendDeltas);
		this.deltas = new Throttle(timer, limits.deltaInterval(), sending::post, () -> {
		});
		this.line = wire.open(FrameKind.PRESENCE, this.mailbox, this::received);
		CoalescedTask ticking = new CoalescedTask(this.mailbox, this::tick);
		this.ticker = Ticker.on(timer, "cluster-presence", limits.heartbeat(), ticking::post);
		this.ticker.start();
	}

	void written() {
		this.deltas.request();
	}

	void view(Collection<Node> others) {
		this.mailbox.postAlways(() -> exchange(() -> this.state.view(others)));
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
		exchange(() -> this.state.receive(sender,
				new PresenceCodec((start) -> this.state.origin(sender, start), this.topics).read(body)));
	}

	private void tick() {
		Beat beat = this.publisher.<@Nullable Beat>change(() -> this.state.isAlone() ? null : this.state.beat());
		if (beat != null) {
			if (this.rhythm.isDue(beat.clock())) {
				broadcast(beat);
			}
			exchange(this.state::tick);
		}
	}

	private void sendDeltas() {
		for (Delta delta = takeDelta(); delta != null; delta = takeDelta()) {
			broadcast(delta);
		}
	}

	private @Nullable Delta takeDelta() {
		return this.publisher.<@Nullable Delta>change(this.state::takeDelta);
	}

	private void broadcast(PresenceMessage message) {
		this.line.send(PresenceCodec.write(message));
	}

	/** Change the state, and send the resulting messages after the lock is released. */
	private void exchange(Runnable change) {
		this.publisher.change(() -> {
			change.run();
			return this.state.takeMessages();
		}).forEach((sent) -> send(sent.receiver(), sent.message()));
	}

	private void send(Node receiver, PresenceMessage message) {
		if (message instanceof PresenceMessage.Ask) {
			this.requests.incrementAndGet();
		}
		this.line.sendTo(receiver, PresenceCodec.write(message));
	}

	@Override
	public void close() {
		this.ticker.close();
		this.line.close();
	}

}
