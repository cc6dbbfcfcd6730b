package io.clusterspring.stomp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

import io.clusterspring.history.CatchUp;
import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.KeptMessage;
import io.clusterspring.history.LogReader;
import io.clusterspring.mailbox.Delay;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.stomp.HistorySubscriptions.Asked;

/**
 * Answers subscriptions that ask for the past of their destination. When the node knows
 * what a client has missed, one task of the mailbox registers the subscription with the
 * broker, replays what was missed and tells the client. Live messages come in the same
 * mailbox, so nothing is doubled or lost. Until then no thread waits.
 *
 * <p>
 * A replay that does not fit into what may wait for the client is answered as if it had
 * been evicted: otherwise it would close the session, again and again.
 */
final class CatchUps {

	private static final Duration PAUSE = Duration.ofMillis(20);

	/** The size of a frame beside its message, rounded up. */
	private static final int AROUND = 256;

	private final ClusterHistory history;

	private final KeptBroker broker;

	private final Mailbox mailbox;

	private final BiConsumer<String, LogReader> readAll;

	private final Room room;

	private final Predicate<String> closed;

	CatchUps(ClusterHistory history, KeptBroker broker, Mailbox mailbox, BiConsumer<String, LogReader> readAll,
			Room room, Predicate<String> closed) {
		this.closed = closed;
		this.history = history;
		this.broker = broker;
		this.mailbox = mailbox;
		this.readAll = readAll;
		this.room = room;
	}

	void asked(Asked asked) {
		PositionRequest request = asked.request();
		if ((request.position() != null || request.last() > 0) && !asked.isCrowded()) {
			await(asked, request.position());
		}
		else {
			attemptLater(asked);
		}
	}

	private void await(Asked asked, @Nullable HistoryPosition position) {
		LogReader reader = reader(asked);
		if (reader != null) {
			this.history.ready(reader, (position != null) ? position : HistoryPosition.NOTHING)
				.thenRun(() -> attemptLater(asked));
		}
		else {
			attemptLater(asked);
		}
	}

	/** Return the reader of a destination, {@code null} if it is a pattern. */
	private @Nullable LogReader reader(Asked asked) {
		String destination = asked.destination();
		return this.broker.isPattern(destination) ? null : this.history.reader(destination);
	}

	private void attemptLater(Asked asked) {
		this.mailbox.postAlways(() -> attempt(asked));
	}

	private void attempt(Asked asked) {
		// closed, also if the subscription has ended, because a log in which nobody has
		// published goes then
		try (LogReader reader = reader(asked)) {
			if (!asked.waits()) {
				return;
			}
			if (reader != null) {
				this.readAll.accept(asked.destination(), reader);
				attempt(asked, reader);
			}
			else {
				replay(asked, List.of(), HistoryHeaders.lost(asked.destination(), asked.to(), HistoryPosition.NOTHING,
						HistoryHeaders.PATTERN));
			}
		}
	}

	private void attempt(Asked asked, LogReader reader) {
		HistoryPosition from = asked.request().position();
		if (!asked.request().isValid()) {
			lost(asked, reader.position(), Loss.INVALID);
		}
		else if (from == null) {
			first(asked, reader);
		}
		else {
			returned(asked, reader, from);
		}
	}

	private void first(Asked asked, LogReader reader) {
		int wanted = asked.request().last();
		List<KeptMessage> last = (wanted > 0) ? reader.last(wanted) : List.of();
		while (!last.isEmpty() && !takeRoom(asked, last)) {
			last = last.subList(last.size() - last.size() / 2, last.size());
		}
		replay(asked, last, HistoryHeaders.first(asked.destination(), asked.to(), reader.position()));
	}

	private void returned(Asked asked, LogReader reader, HistoryPosition from) {
		CatchUp answer = this.history.catchUp(reader, from, asked.request().away());
		if (answer instanceof CatchUp.Recovered recovered) {
			recovered(asked, recovered);
		}
		else if (answer instanceof CatchUp.Lost lost) {
			lost(asked, lost.position(), lost.loss());
		}
		else if (asked.isCrowded() || asked.waited() > ClusterHistory.CATCH_UP_TIME.toNanos()) {
			lost(asked, reader.position(), Loss.UNREACHABLE);
		}
		else {
			Delay.of(PAUSE, () -> await(asked, from));
		}
	}

	private void recovered(Asked asked, CatchUp.Recovered answer) {
		if (takeRoom(asked, answer.missed())) {
			replay(asked, answer.missed(),
					HistoryHeaders.recovered(asked.destination(), asked.to(), answer.position()));
			this.history.told(null);
		}
		else {
			lost(asked, answer.position(), Loss.EVICTED);
		}
	}

	private boolean takeRoom(Asked asked, List<KeptMessage> messages) {
		long size = messages.stream().mapToLong((message) -> message.body().remaining() + AROUND).sum();
		return this.room.take(String.valueOf(asked.to().sessionId()), messages.size(), size);
	}

	private void lost(Asked asked, HistoryPosition position, Loss loss) {
		replay(asked, List.of(), HistoryHeaders.lost(asked.destination(), asked.to(), position, loss.reason()));
		this.history.told(loss);
	}

	private void replay(Asked asked, List<KeptMessage> missed, Message<byte[]> answer) {
		List<Message<byte[]>> messages = new ArrayList<>();
		missed.forEach((message) -> messages.add(this.broker.message(message, asked.to())));
		if (this.broker.begin(asked)) {
			if (this.broker.selects(asked)) {
				messages.removeIf((message) -> !this.broker.isFor(asked, message));
			}
			messages.forEach(this.broker::deliver);
			this.broker.deliver(answer);
			String session = String.valueOf(asked.to().sessionId());
			if (this.closed.test(session)) {
				// its SUBSCRIBE was handled after its DISCONNECT
				this.broker.forget(session);
			}
		}
	}

	/** The room for messages that wait for a client. */
	interface Room {

		/** Take the room that a replay to a session needs, if it is there. */
		boolean take(String sessionId, int messages, long bytes);

	}

}
