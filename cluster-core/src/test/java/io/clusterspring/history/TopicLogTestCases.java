package io.clusterspring.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import io.clusterspring.Node;
import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.history.TopicLog.Taken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log with short ways to fill and ask it.
 */
abstract class TopicLogTestCases {

	static final Origin A = new Origin(1, Node.of("a@host"));

	static final Origin B = new Origin(2, Node.of("b@host"));

	static final LongPredicate NONE = (origin) -> false;

	static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

	final HistoryMemory memory = new HistoryMemory();

	long now = TimeUnit.DAYS.toNanos(2);

	TopicLog log = log(1000, Duration.ofHours(1));

	TopicLog log(int size, Duration ttl) {
		return new TopicLog("room:1", new HistorySettings("rooms", List.of("*"), size, ttl, 4000), this.memory,
				() -> this.now, new LogCursors());
	}

	static HistoryPosition at(long... originsAndNumbers) {
		Map<Long, Long> numbers = new HashMap<>();
		for (int i = 0; i < originsAndNumbers.length; i += 2) {
			numbers.put(originsAndNumbers[i], originsAndNumbers[i + 1]);
		}
		return HistoryPosition.of(numbers);
	}

	KeptMessage message(Origin origin, long number) {
		this.now++;
		return new KeptMessage(origin, number, this.now, new byte[20], 0, null);
	}

	Taken take(Origin origin, long number) {
		return this.log.take(message(origin, number), number == 1, false);
	}

	void takeAll(Origin origin, long from, long to) {
		LongStream.rangeClosed(from, to).forEach((number) -> take(origin, number));
	}

	CatchUp catchUp(HistoryPosition from) {
		return catchUp(from, this.now - MINUTE);
	}

	CatchUp catchUp(HistoryPosition from, long contact) {
		return this.log.catchUp(from, this.log.cursor(), contact, NONE);
	}

	static String text(List<? extends LogItem> items) {
		List<String> texts = new ArrayList<>();
		for (LogItem item : items) {
			texts.add((item instanceof LogGap gap) ? gap.origin() + ":" + gap.from() + "-" + gap.to()
					: ((KeptMessage) item).origin() + ":" + ((KeptMessage) item).number());
		}
		return String.join(" ", texts);
	}

	static String missed(CatchUp answer) {
		assertThat(answer).isInstanceOf(CatchUp.Recovered.class);
		return text(((CatchUp.Recovered) answer).missed());
	}

	static Loss loss(CatchUp answer) {
		assertThat(answer).isInstanceOf(CatchUp.Lost.class);
		return ((CatchUp.Lost) answer).loss();
	}

}
