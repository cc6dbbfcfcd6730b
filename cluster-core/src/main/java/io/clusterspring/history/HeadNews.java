package io.clusterspring.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.clusterspring.history.HistoryFrame.Heads;
import io.clusterspring.history.HistoryFrame.TopicState;

/**
 * News that this node has to tell about the last messages of origins: its own, and those
 * of nodes that have gone. Each is told at the next tick and then less and less often,
 * since a node that takes no frames for a while loses all of them. Not thread-safe.
 */
final class HeadNews {

	/** In ticks; with two ticks in a second this goes on for about a minute. */
	private static final int LONGEST = 64;

	private final Map<Subject, Schedule> schedules = new LinkedHashMap<>();

	private long ticks;

	/** There is something new. */
	void add(TopicLog log, Origin origin) {
		this.schedules.put(new Subject(log, origin), new Schedule(this.ticks + 1));
	}

	/** Return what is due now. */
	List<Heads> tick() {
		this.ticks++;
		Map<Origin, List<TopicState>> due = new LinkedHashMap<>();
		this.schedules.entrySet().removeIf((entry) -> {
			Schedule schedule = entry.getValue();
			if (schedule.due > this.ticks) {
				return false;
			}
			Subject subject = entry.getKey();
			WindowState state = subject.log.state(subject.origin.id());
			if (state != null) {
				due.computeIfAbsent(subject.origin, (origin) -> new ArrayList<>())
					.add(new TopicState(subject.log.topic(), List.of(state)));
			}
			return state == null || schedule.isOver(this.ticks);
		});
		List<Heads> heads = new ArrayList<>();
		due.forEach((origin, topics) -> heads.addAll(split(origin, topics)));
		return heads;
	}

	private static List<Heads> split(Origin origin, List<TopicState> topics) {
		List<Heads> all = new ArrayList<>();
		List<TopicState> part = new ArrayList<>();
		int size = 0;
		for (TopicState topic : topics) {
			part.add(topic);
			size += topic.size();
			if (size >= HistoryFrame.PART) {
				all.add(new Heads(origin, part));
				part = new ArrayList<>();
				size = 0;
			}
		}
		if (!part.isEmpty()) {
			all.add(new Heads(origin, part));
		}
		return all;
	}

	/** The subject of news. */
	private record Subject(TopicLog log, Origin origin) {
	}

	/** When it is told, in ticks. */
	private static final class Schedule {

		private long due;

		private int interval = 1;

		Schedule(long due) {
			this.due = due;
		}

		boolean isOver(long now) {
			this.due = now + this.interval;
			this.interval *= 2;
			return this.interval > 2 * LONGEST;
		}

	}

}
