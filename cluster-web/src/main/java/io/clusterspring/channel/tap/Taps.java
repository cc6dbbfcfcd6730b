package io.clusterspring.channel.tap;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.inspect.Action;
import io.clusterspring.inspect.Moments;
import io.clusterspring.inspect.Section;
import io.clusterspring.pubsub.TopicMessage;

/**
 * The taps of this node. A tap ends by itself, and can be read for a minute after that.
 * Callers ask {@link #areOpen()} before they describe a message. Thread-safe.
 */
public final class Taps {

	/** How many taps may be open. */
	static final int MOST = 4;

	/** How long a tap that has ended can be read. */
	static final Duration KEPT = Duration.ofMinutes(1);

	private static final Log logger = LogFactory.getLog(Taps.class);

	private final BiConsumer<Duration, Runnable> later;

	// it has ended taps as well, the oldest first; guarded by this
	private final Map<String, Tap> kept = new LinkedHashMap<>();

	// null if no tap is open
	private volatile @Nullable List<Tap> open;

	/** Create taps, of which none is open. */
	public Taps() {
		this((time, task) -> CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
			.execute(task));
	}

	Taps(BiConsumer<Duration, Runnable> later) {
		this.later = later;
	}

	/**
	 * Return the section {@code taps}.
	 * @param self the name of this node
	 */
	public Section section(String self) {
		return new TapsSection(self, this);
	}

	/** Return the action {@code taps/open}. */
	public Action opening() {
		return new TapsOpen(this);
	}

	/** Return the action {@code taps/close}. */
	public Action closing() {
		return new TapsClose(this);
	}

	/** Return whether a tap is open. */
	public boolean areOpen() {
		return this.open != null;
	}

	/** A client has sent a message. */
	public void received(TappedClient client, SocketMessage message) {
		String topic = message.topic().isString() ? message.topic().stringValue() : null;
		for (Tap tap : present()) {
			if (tap.follows(topic) || tap.follows(client)) {
				tap.add(Moments.millis(), SeenMessage.of(Direction.IN, message, client, tap.request().payloads()));
			}
		}
	}

	/**
	 * Messages go to a client.
	 * @param serializer has encoded them
	 */
	public void sent(TappedClient client, SocketFrame frame, SocketSerializer serializer) {
		for (Tap tap : present()) {
			if (tap.follows(client)) {
				frame.messages()
					.forEach((message) -> tap.add(Moments.millis(), seen(client, message, serializer, tap)));
			}
		}
	}

	private static SeenMessage seen(TappedClient client, SocketFrame.Message message, SocketSerializer serializer,
			Tap tap) {
		try {
			return SeenMessage.of(Direction.OUT, serializer.decodeSent(message), client, tap.request().payloads());
		}
		// the message must reach the client all the same
		catch (RuntimeException ex) {
			return SeenMessage.unreadable(message.bytes().remaining(), client);
		}
	}

	/**
	 * A broadcast is delivered to the members of its topic.
	 * @param sockets how many members it has here
	 */
	public void delivered(TopicMessage message, int sockets) {
		for (Tap tap : present()) {
			if (tap.follows(message.topic())) {
				tap.add(Moments.millis(), SeenMessage.of(message, sockets, tap.request().payloads()));
			}
		}
	}

	private List<Tap> present() {
		List<Tap> present = this.open;
		return (present != null) ? present : List.of();
	}

	synchronized void requireRoom() {
		Assert.isTrue(present().size() < MOST, MOST + " taps are open already, the most of a node");
	}

	synchronized void open(TapRequest request) {
		requireRoom();
		Assert.isTrue(!this.kept.containsKey(request.id()), "a tap of this id is there already");
		if (this.kept.size() == MOST) {
			this.kept.values().stream().filter(Tap::hasEnded).findFirst().ifPresent(this::forget);
		}
		Tap tap = new Tap(request);
		this.kept.put(request.id(), tap);
		renew();
		logger.info(request + " is open for " + request.seconds() + " s");
		this.later.accept(Duration.ofSeconds(request.seconds()), () -> expire(tap));
	}

	private synchronized void expire(Tap tap) {
		if (tap.end()) {
			renew();
			logger.info(tap.request() + " has ended");
			this.later.accept(KEPT, () -> forget(tap));
		}
	}

	private synchronized void forget(Tap tap) {
		this.kept.remove(tap.request().id(), tap);
		tap.discard();
	}

	synchronized boolean close(String id) {
		Tap tap = this.kept.get(id);
		if (tap == null) {
			return false;
		}
		forget(tap);
		renew();
		logger.info(tap.request() + " was closed");
		return true;
	}

	synchronized @Nullable Tap find(String id) {
		return this.kept.get(id);
	}

	private void renew() {
		List<Tap> present = this.kept.values().stream().filter((tap) -> !tap.hasEnded()).toList();
		this.open = present.isEmpty() ? null : present;
	}

}
