package io.clusterspring.http.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.CatchUp;
import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.mailbox.Delay;
import io.clusterspring.pubsub.HistorySubscription;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicGap;
import io.clusterspring.pubsub.TopicMessage;

/**
 * The events of one topic for its clients on this node. A broadcast is encoded once for
 * all of them. A client that comes back gets what it has missed in one task of the
 * topic's mailbox, and live events follow: nothing is doubled or lost.
 */
final class TopicStream implements HistorySubscription.Listener {

	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final String GAP = "gap";

	private final long retry;

	private final Subscription subscription;

	private final Set<EventStream> live = ConcurrentHashMap.newKeySet();

	/** The position after the last event, used in the mailbox. */
	private @Nullable HistoryPosition position;

	TopicStream(PubSub pubSub, String topic, Executor executor, long retry) {
		this.retry = retry;
		this.subscription = pubSub.follow(topic, executor, this);
	}

	void close() {
		this.subscription.close();
	}

	/**
	 * Begin to send events to a client.
	 * @param lastId the id of the last event that it has got, {@code null} for none
	 */
	void join(EventStream stream, @Nullable String lastId) {
		this.subscription.ready().thenRun(() -> {
			if (lastId == null || !(this.subscription instanceof HistorySubscription history)) {
				this.subscription.execute(() -> first(stream));
			}
			else {
				returned(stream, history, lastId);
			}
		});
	}

	void leave(EventStream stream) {
		this.live.remove(stream);
	}

	private void first(EventStream stream) {
		stream.send(EventFrames.open(this.retry,
				(this.subscription instanceof HistorySubscription history) ? history.position() : null));
		goLive(stream);
	}

	private void goLive(EventStream stream) {
		this.live.add(stream);
		if (!stream.isOpen()) {
			this.live.remove(stream);
		}
	}

	private void returned(EventStream stream, HistorySubscription history, String lastId) {
		try {
			Return client = new Return(stream, history, HistoryPosition.of(lastId), System.nanoTime());
			history.ready(client.from).thenRun(() -> history.execute(() -> attempt(client)));
		}
		catch (IllegalArgumentException ex) {
			history.execute(() -> {
				open(stream);
				lost(stream, history, Loss.INVALID);
			});
		}
	}

	private void attempt(Return client) {
		CatchUp answer = client.history.catchUp(client.from, null);
		if (answer instanceof CatchUp.Recovered recovered) {
			open(client.stream);
			recovered(client, recovered);
		}
		else if (answer instanceof CatchUp.Lost lost) {
			open(client.stream);
			lost(client.stream, client.history, lost.loss());
		}
		else if (System.nanoTime() - client.since > ClusterHistory.CATCH_UP_TIME.toNanos()) {
			open(client.stream);
			lost(client.stream, client.history, Loss.UNREACHABLE);
		}
		else if (client.stream.isOpen()) {
			Delay.of(PAUSE, () -> client.history.ready(client.from)
				.thenRun(() -> client.history.execute(() -> attempt(client))));
		}
	}

	private void open(EventStream stream) {
		stream.send(EventFrames.open(this.retry, null));
	}

	private void recovered(Return client, CatchUp.Recovered recovered) {
		List<byte[]> frames = new ArrayList<>();
		long size = 0;
		HistoryPosition at = client.from;
		for (TopicMessage message : client.history.messages(recovered)) {
			at = (message.position() != null) ? at.with(message.position()) : at;
			byte[] frame = frame(message, at);
			if (frame != null) {
				frames.add(frame);
				size += frame.length;
			}
		}
		byte[] answer = EventFrames.history(recovered.position(), null);
		if (!client.stream.hasRoom(size + answer.length)) {
			lost(client.stream, client.history, Loss.EVICTED);
			return;
		}
		frames.forEach(client.stream::send);
		client.stream.send(answer);
		client.history.told(null);
		goLive(client.stream);
	}

	private void lost(EventStream stream, HistorySubscription history, Loss loss) {
		history.told(loss);
		stream.send(EventFrames.history(history.position(), loss.reason()));
		goLive(stream);
	}

	@Override
	public void message(TopicMessage message) {
		HistoryPosition after = null;
		if (message.position() != null && !this.live.isEmpty()) {
			HistoryPosition before = this.position;
			after = (before != null) ? before.with(message.position())
					: ((HistorySubscription) this.subscription).position();
		}
		this.position = after;
		byte[] frame = this.live.isEmpty() ? null : frame(message, after);
		if (frame != null) {
			this.live.forEach((stream) -> stream.send(frame));
		}
	}

	private static byte @Nullable [] frame(TopicMessage message, @Nullable HistoryPosition after) {
		String event = message.event();
		return (event != null && !message.isBinary()) ? EventFrames.event(event, message.bytes(), after) : null;
	}

	@Override
	public void gap(TopicGap gap) {
		this.position = null;
		if (!this.live.isEmpty() && this.subscription instanceof HistorySubscription history) {
			byte[] frame = EventFrames.history(history.position(), GAP);
			this.live.forEach((stream) -> stream.send(frame));
		}
	}

	/**
	 * A client that has come back.
	 *
	 * @param from the position of the last event that it has got
	 * @param since when it has come
	 */
	private record Return(EventStream stream, HistorySubscription history, HistoryPosition from, long since) {
	}

}
