package io.clusterspring.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.HistoryMemory.Cause;
import io.clusterspring.history.TopicLog.Forgotten;
import io.clusterspring.wire.FrameKind;

/**
 * The logs of all topics with history on this node. It has no thread and sends nothing.
 * Thread-safe.
 */
final class HistoryStore {

	/** How long a node remembers the last number of its own on a topic. */
	static final Duration OWN_MEMORY = Duration.ofHours(24);

	/** Other nodes remember it for longer, so that they never miss its numbers. */
	static final Duration OTHERS_MEMORY = Duration.ofHours(25);

	private static final int FULL = 10;

	private final Origin self;

	private final Followers followers;

	private final List<Section> sections;

	private final LongSupplier nanoClock;

	private final ConcurrentMap<String, TopicLog> logs = new ConcurrentHashMap<>();

	private final OriginSet forgotten = new OriginSet();

	/** All origins that this node has heard of. */
	private final OriginSet known = new OriginSet();

	/** The logs in which this node has published since the last call. */
	private final Queue<TopicLog> recent = new ConcurrentLinkedQueue<>();

	private volatile long lostUntil = TopicLog.NEVER;

	private volatile long floor;

	private volatile boolean booting = true;

	HistoryStore(Origin self, List<HistorySettings> histories, LongSupplier nanoClock) {
		this(self, HistorySpace.TOPICS, histories, nanoClock);
	}

	HistoryStore(Origin self, HistorySpace space, List<HistorySettings> histories, LongSupplier nanoClock) {
		this.followers = new Followers(space);
		HistorySettings.requireApart(histories);
		this.self = self;
		this.nanoClock = nanoClock;
		this.sections = histories.stream().map(Section::new).toList();
		this.known.add(self.id());
	}

	/** Set how much a slow subscription may be behind before it loses messages. */
	void backlog(int messages, long bytes) {
		this.sections.forEach((section) -> section.memory.backlog(messages, bytes));
	}

	Origin self() {
		return this.self;
	}

	boolean isUsed() {
		return !this.sections.isEmpty();
	}

	/** Return whether a topic has a history. */
	boolean keeps(String topic) {
		return this.sections.stream().anyMatch((section) -> section.settings.matches(topic));
	}

	/** Return the log of a topic, {@code null} if the topic has no history. */
	@Nullable TopicLog log(String topic) {
		TopicLog known = this.logs.get(topic);
		return (known != null || this.sections.isEmpty()) ? known : create(topic);
	}

	private @Nullable TopicLog create(String topic) {
		for (Section section : this.sections) {
			if (section.settings.matches(topic)) {
				return this.logs.computeIfAbsent(topic, section::log);
			}
		}
		return null;
	}

	/** Use the log of a topic, which is not removed meanwhile. */
	<T> @Nullable T with(String topic, Function<TopicLog, @Nullable T> use) {
		for (TopicLog log = log(topic); log != null; log = log(topic)) {
			boolean entered = false;
			T result = null;
			synchronized (log) {
				if (log.enter()) {
					entered = true;
					result = use.apply(log);
				}
			}
			if (entered) {
				makeRoom(log);
				return result;
			}
			drop(log);
		}
		return null;
	}

	/**
	 * Publish a message of this node.
	 * @param log the log of its topic
	 * @param topicFrame the message as a frame of topics
	 * @param sender the subscription that must not receive it
	 * @param stored called when subscriptions can read it
	 * @param send sends the frame; the caller may have to wait here
	 * @return the position, {@code null} if the topic has no history
	 */
	@Nullable MessagePosition publish(TopicLog log, byte[] topicFrame, @Nullable Object sender, Runnable stored,
			Consumer<byte[]> send) {
		log.publishing().lock();
		try {
			byte[] frame = append(log, topicFrame, sender);
			if (frame != null) {
				stored.run();
				send.accept(frame);
				return new MessagePosition(this.self.id(), log.next(this.self, this.floor) - 1);
			}
		}
		finally {
			log.publishing().unlock();
		}
		drop(log);
		TopicLog fresh = log(log.topic());
		return (fresh != null) ? publish(fresh, topicFrame, sender, stored, send) : null;
	}

	private byte @Nullable [] append(TopicLog log, byte[] topicFrame, @Nullable Object sender) {
		byte[] frame;
		synchronized (log) {
			if (!log.enter()) {
				return null;
			}
			boolean opens = !log.knows(this.self);
			long number = log.next(this.self, this.floor);
			frame = HistoryFrame.message(this.followers.space().kind(), opens, this.self, number, topicFrame);
			int offset = frame.length - (topicFrame.length - FrameKind.HEADER);
			log.take(new KeptMessage(this.self, number, now(), frame, offset, sender), opens, false);
			if (log.becomesRecent()) {
				this.recent.add(log);
			}
		}
		makeRoom(log);
		return frame;
	}

	/**
	 * Take a message of another node.
	 * @return what became of it, {@code null} if the topic has no history here
	 */
	TopicLog.@Nullable Taken take(String topic, boolean opens, KeptMessage message) {
		return with(topic, (log) -> log.take(message, opens, this.booting));
	}

	private void makeRoom(TopicLog log) {
		for (Section section : this.sections) {
			if (section.memory == log.memory()) {
				section.makeRoom(log);
			}
		}
	}

	Collection<TopicLog> logs() {
		return this.logs.values();
	}

	List<TopicLog> takeRecent() {
		List<TopicLog> taken = new ArrayList<>();
		for (TopicLog log = this.recent.poll(); log != null; log = this.recent.poll()) {
			log.isNotRecent();
			taken.add(log);
		}
		return taken;
	}

	boolean isBooting() {
		return this.booting;
	}

	/** This node knows now what was published before it came. */
	void booted() {
		this.booting = false;
	}

	/** Return until when messages were published that this node has forgotten. */
	long lostUntil() {
		return this.lostUntil;
	}

	/** Return until when messages came that a node which asks now cannot know of. */
	long untoldUntil() {
		long until = this.lostUntil;
		for (TopicLog log : this.logs.values()) {
			until = TopicLog.later(until, log.untoldUntil());
		}
		return until;
	}

	List<Long> forgotten() {
		return this.forgotten.list();
	}

	boolean isForgotten(long origin) {
		return this.forgotten.contains(origin);
	}

	/** Return the origins that this node has heard of, its own among them. */
	List<Long> known() {
		return this.known.list();
	}

	/** Another node has heard of origins. */
	void know(Collection<Long> origins) {
		this.known.addAll(origins);
	}

	/** Another node has forgotten origins. */
	synchronized void forget(Collection<Long> origins, long until) {
		this.forgotten.addAll(origins);
		this.lostUntil = TopicLog.later(this.lostUntil, until);
	}

	/** Called at intervals: remove what is too old. */
	void sweep() {
		this.logs.values().forEach((log) -> {
			log.expire();
			forgetOrigins(log, OWN_MEMORY.toNanos(), OTHERS_MEMORY.toNanos());
			removeIfIdle(log, OTHERS_MEMORY.toNanos());
		});
		this.sections.forEach(Section::makeRoom);
	}

	private void forgetOrigins(TopicLog log, long own, long others) {
		for (Forgotten window : log.forget(this.self.id(), own, others)) {
			if (window.origin() == this.self.id()) {
				raiseFloor(window.last());
				forget(List.of(), window.heard());
			}
			else {
				forget(List.of(window.origin()), window.heard());
			}
		}
	}

	private synchronized void raiseFloor(long number) {
		this.floor = Math.max(this.floor, number);
	}

	/** Remove a log that holds nothing, and that nobody has used for some time. */
	void removeIfIdle(TopicLog log, long nanos) {
		if (log.removeIfIdle(nanos)) {
			long untold = log.untoldUntil();
			if (untold != TopicLog.NEVER) {
				forget(List.of(), untold);
			}
			drop(log);
		}
	}

	private void drop(TopicLog removed) {
		if (this.logs.remove(removed.topic(), removed)) {
			removed.memory().reserve(-TopicLog.OVERHEAD - removed.topic().length());
		}
	}

	private long now() {
		return this.nanoClock.getAsLong();
	}

	/** Return what is kept at this moment. */
	Statistics statistics() {
		long bytes = 0;
		int messages = 0;
		for (Section section : this.sections) {
			bytes += section.memory.bytes();
			messages += section.memory.messages();
		}
		return new Statistics(this.logs.size(), messages, bytes, HistoryStatistics.count(Cause.values(),
				(cause) -> this.sections.stream().mapToLong((section) -> section.memory.evicted(cause)).sum()));
	}

	/** The messages that are kept, and how many were removed, by cause. */
	record Statistics(int topics, int messages, long bytes, Map<String, Long> evicted) {
	}

	/** One history with the memory that its logs share. */
	private final class Section {

		private static final Duration IDLE = Duration.ofMinutes(1);

		private static final Duration PAUSE = Duration.ofSeconds(1);

		private final HistorySettings settings;

		private final HistoryMemory memory = new HistoryMemory(HistoryStore.this.known);

		private final AtomicBoolean busy = new AtomicBoolean();

		/**
		 * Whether the topics themselves take all the room, so that trying again is in
		 * vain.
		 */
		private volatile boolean crowded;

		private volatile long tried;

		Section(HistorySettings settings) {
			this.settings = settings;
		}

		TopicLog log(String topic) {
			this.memory.reserve(TopicLog.OVERHEAD + topic.length());
			return new TopicLog(topic, this.settings, this.memory, HistoryStore.this.nanoClock,
					HistoryStore.this.followers.cursors(topic));
		}

		/** Called for each message that a topic keeps. */
		void makeRoom(TopicLog log) {
			if (isFull()) {
				if (this.crowded && now() - this.tried < PAUSE.toNanos()) {
					shrink(log, this.settings.bytes());
				}
				else {
					makeRoom();
				}
			}
		}

		private boolean isFull() {
			return this.memory.bytes() > this.settings.bytes();
		}

		/**
		 * Remove the oldest messages of each topic, until a tenth of the room is free.
		 */
		void makeRoom() {
			if (isFull() && this.busy.compareAndSet(false, true)) {
				try {
					long enough = this.settings.bytes() - this.settings.bytes() / FULL;
					List<TopicLog> own = new ArrayList<>(HistoryStore.this.logs.values());
					own.removeIf((log) -> log.memory() != this.memory);
					long before;
					do {
						before = this.memory.bytes();
						own.forEach((log) -> shrink(log, enough));
					}
					while (this.memory.bytes() > enough && this.memory.bytes() < before);
					own.forEach((log) -> removeEmpty(log, enough));
				}
				finally {
					this.tried = now();
					this.crowded = isFull();
					this.busy.set(false);
				}
			}
		}

		private void shrink(TopicLog log, long enough) {
			if (this.memory.bytes() > enough) {
				log.shrink(this.memory.bytes() > this.settings.bytes() + this.memory.backlogBytes());
			}
		}

		private void removeEmpty(TopicLog log, long enough) {
			if (this.memory.bytes() > enough) {
				forgetOrigins(log, IDLE.toNanos(), 2 * IDLE.toNanos());
				removeIfIdle(log, IDLE.toNanos());
			}
		}

	}

}
