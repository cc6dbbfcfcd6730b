package io.clusterspring.presence;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.PatternMatchUtils;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.fanout.SharedPush;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.text.Utf8;

/**
 * Sends diffs and states to the clients of this node, and events to the application.
 * Events have a mailbox of their own, so that a slow listener does not delay clients.
 * Thread-safe.
 */
final class PresenceDelivery {

	private static final Log logger = LogFactory.getLog(PresenceDelivery.class);

	private static final String DIFF = "presence_diff";

	private static final String STATE = "presence_state";

	private final PubSub pubSub;

	private final PresenceLists lists;

	private final Consumer<? super PresenceChange> listener;

	private final String[] serverOnly;

	private final Executor application;

	private final Executor deliveries;

	private final Mailbox events;

	private final CountedWarning droppedEvents = new CountedWarning(logger);

	/**
	 * Create the delivery of a node.
	 * @param pubSub broadcasts diffs to clients
	 * @param lists has the entries, with the data of the application
	 * @param listener gets the events
	 * @param serverOnly patterns of topics that are not sent to clients
	 * @param application runs the application's code: listeners and a
	 * {@link PresenceFetcher}
	 * @param deliveries runs no code of the application, so that such code cannot delay
	 * clients
	 * @param capacity the maximum number of waiting events
	 */
	PresenceDelivery(PubSub pubSub, PresenceLists lists, Consumer<? super PresenceChange> listener,
			Collection<String> serverOnly, Executor application, Executor deliveries, int capacity) {
		this.pubSub = pubSub;
		this.lists = lists;
		this.listener = listener;
		this.serverOnly = serverOnly.toArray(String[]::new);
		this.application = application;
		this.deliveries = deliveries;
		this.events = new Mailbox(application, capacity);
	}

	/**
	 * Run a task of a topic. It runs without the lock, because it may create the fetcher
	 * bean.
	 */
	void execute(Runnable task) {
		(this.lists.hasFetcher() ? this.application : this.deliveries).execute(task);
	}

	boolean isForClients(String topic) {
		// clients cannot join a longer topic
		return Utf8.length(topic) <= Broadcast.MAX_NAME && !PatternMatchUtils.simpleMatch(this.serverOnly, topic);
	}

	Map<String, PresenceEntry> read(String topic) {
		return this.lists.read(topic);
	}

	void send(String topic, List<Channel> channels, Map<String, PresenceEntry> entries) {
		SharedPush push = new SharedPush(STATE, this.lists.state(topic, entries));
		channels.forEach(push::to);
	}

	void send(String topic, TopicDiffs.Diff diff) {
		Set<String> keys = new HashSet<>(diff.joins().keySet());
		keys.addAll(diff.leaves().keySet());
		if (keys.isEmpty()) {
			return;
		}
		Map<String, ?> data = this.lists.fetchForClients(topic, keys);
		PresenceChange change = new PresenceChange(topic, entries(diff.joins(), data), entries(diff.leaves(), data));
		if (isForClients(topic)) {
			this.pubSub.broadcastLocal(topic,
					new Broadcast(DIFF, Map.of("joins", change.joins(), "leaves", change.leaves())));
		}
		if (!this.events.post(() -> this.listener.accept(change))) {
			this.droppedEvents.add((count) -> "Lost a PresenceChange event, because its listeners are too slow ("
					+ count + " so far)");
		}
	}

	private Map<String, PresenceEntry> entries(Map<String, List<PresenceMeta>> metas, Map<String, ?> data) {
		Map<String, PresenceEntry> entries = new LinkedHashMap<>();
		metas.forEach((key, present) -> entries.put(key,
				this.lists.entryForClients(key, List.copyOf(present), data.get(key))));
		return entries;
	}

	long droppedEvents() {
		return this.droppedEvents.count();
	}

}
