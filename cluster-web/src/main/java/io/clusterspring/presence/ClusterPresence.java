package io.clusterspring.presence;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.TransportListener;
import io.clusterspring.channel.Channel;
import io.clusterspring.inspect.Section;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;
import io.clusterspring.wire.ClusterWire;

/**
 * The implementation of {@link Presence} over a {@link ClusterWire}. A writer holds a
 * lock while it changes the table. Readers need no lock. Thread-safe.
 */
public final class ClusterPresence implements Presence, TransportListener, FailureSource, AutoCloseable {

	private final Node self;

	private final PayloadLimit limit;

	private final PayloadCodec codec;

	private final PresenceTable table = new PresenceTable();

	private final PresenceOwners owners = new PresenceOwners();

	private final PresenceLists lists;

	private final PresencePublisher publisher;

	private final PresenceDelivery delivery;

	private final PresenceState state;

	private final PresenceExchange exchange;

	private final ScheduledExecutorService timer = Ticker.timer("cluster-presence");

	/**
	 * Create the presence of a node.
	 * @param wire sends to and receives from other nodes
	 * @param pubSub broadcasts diffs to clients
	 * @param codec encodes metas
	 * @param executor runs the application's code
	 * @param deliveries delivers changes to clients and other nodes; it runs no code of
	 * the application, so that such code cannot delay them
	 * @param limits intervals and capacities
	 * @param serverOnly patterns of topics, such as {@code jobs:*}, that are not sent to
	 * clients
	 * @param fetcher supplies the bean that adds data to lists, called for each list
	 */
	public ClusterPresence(ClusterWire wire, PubSub pubSub, PayloadCodec codec, Executor executor, Executor deliveries,
			PresenceLimits limits, Collection<String> serverOnly, Supplier<@Nullable PresenceFetcher> fetcher,
			Consumer<? super PresenceChange> events) {
		this.self = wire.self();
		this.limit = wire.payloadLimit();
		this.codec = codec;
		this.lists = new PresenceLists(this.table, codec, fetcher);
		this.delivery = new PresenceDelivery(pubSub, this.lists, events, serverOnly, executor, deliveries,
				limits.queueCapacity());
		this.publisher = new PresencePublisher(this.delivery, this.timer, limits);
		SecureRandom random = new SecureRandom();
		this.state = new PresenceState(new PresenceOrigin(this.self, random.nextLong(), codec), this.table,
				this.publisher, random::nextLong, limits);
		this.exchange = new PresenceExchange(wire, this.state, this.publisher, this.table::intern, this.timer, limits);
	}

	@Override
	public String track(Object owner, String topic, String key, Object meta) {
		Assert.hasLength(topic, "Topic must not be empty");
		Utf8.requireWellFormed("Topic", topic);
		Assert.isTrue(Utf8.length(topic) <= Broadcast.MAX_NAME,
				() -> "Topic " + LogText.of(topic) + " has more than " + Broadcast.MAX_NAME + " bytes");
		requireKey(key);
		Utf8.requireWellFormed("Key", key);
		byte[] json = encode(key, meta);
		Channel client = (owner instanceof Channel channel && isFor(channel, topic)) ? channel : null;
		boolean[] first = new boolean[1];
		PresenceMeta tracked = this.publisher.change(() -> {
			PresenceOwners.Owner entered = this.owners.enter(owner);
			entered.requireNone(topic, key);
			PresenceMeta put = entered.put(this.state.put(topic, key, json, null));
			if (client != null && entered.show()) {
				// as in Phoenix, the client gets its own join before the state
				this.publisher.defer(topic);
				first[0] = true;
			}
			return put;
		});
		this.exchange.written();
		if (owner instanceof Channel channel) {
			hook(channel);
		}
		if (client != null && first[0]) {
			showWhenJoined(client);
		}
		return tracked.ref();
	}

	private boolean isFor(Channel channel, String topic) {
		return topic.equals(channel.topic()) && this.delivery.isForClients(topic);
	}

	@Override
	public String update(Object owner, String topic, String key, Object meta) {
		byte[] json = encode(key, meta);
		PresenceMeta updated = this.publisher.change(() -> {
			PresenceOwners.Owner present = this.owners.enter(owner);
			try {
				return present.put(this.state.put(topic, key, json, present.require(topic, key)));
			}
			finally {
				this.owners.leave(owner);
			}
		});
		this.exchange.written();
		return updated.ref();
	}

	@Override
	public void untrack(Object owner, String topic, String key) {
		untrack(owner, (present) -> this.owners.enter(present).remove(topic, key));
	}

	@Override
	public void untrack(Object owner) {
		untrack(owner, (present) -> this.owners.enter(present).removeAll());
	}

	private void untrack(Object owner, Function<Object, List<PresenceMeta>> removal) {
		this.publisher.change(() -> {
			removal.apply(owner).forEach(this.state::remove);
			this.owners.leave(owner);
		});
		this.exchange.written();
	}

	private static void requireKey(@Nullable String key) {
		Assert.notNull(key, "The key of a presence must not be null. If it is the name of the user, the client has "
				+ "none: refuse it in @OnJoin, or track it by another key");
	}

	private byte[] encode(String key, Object meta) {
		requireKey(key);
		byte[] json = this.codec.encode(meta);
		Assert.isTrue(json.length > 0 && json[0] == '{', "A meta must encode to a JSON object");
		this.limit.check((long) json.length + Utf8.length(key));
		return json;
	}

	@Override
	public void show(Channel channel) {
		if (!this.delivery.isForClients(channel.topic())) {
			return;
		}
		boolean first = this.publisher.change(() -> this.owners.enter(channel).show());
		if (first) {
			hook(channel);
			showWhenJoined(channel);
		}
	}

	private void showWhenJoined(Channel channel) {
		try {
			channel.execute(() -> awaitState(channel));
		}
		catch (RejectedExecutionException ex) {
			awaitState(channel);
		}
	}

	private void awaitState(Channel channel) {
		this.publisher.change(() -> this.publisher.show(channel));
	}

	private void hook(Channel channel) {
		if (this.publisher.change(() -> this.owners.enter(channel).hook())) {
			channel.onEnd(() -> untrack(channel, this.owners::end));
		}
	}

	@Override
	public Map<String, PresenceEntry> list(String topic) {
		return this.lists.list(topic);
	}

	@Override
	public @Nullable PresenceEntry get(String topic, String key) {
		return this.lists.get(topic, key);
	}

	@Override
	public int count(String topic) {
		return this.table.keys(topic).size();
	}

	/**
	 * Return the statistics of presence on this node.
	 * @return the current values
	 */
	public PresenceStatistics statistics() {
		return new PresenceStatistics(this.table.size(), this.table.topics(), this.publisher.changes(),
				this.exchange.requests(), dropped());
	}

	private PresenceStatistics.Dropped dropped() {
		return new PresenceStatistics.Dropped(this.publisher.change(this.state::dropped), this.exchange.dropped(),
				this.publisher.merged(), this.delivery.droppedEvents());
	}

	/**
	 * Return what operators can ask about presence.
	 * @return the section {@code presence}
	 */
	public Section section() {
		return new PresenceSection(this.table);
	}

	@Override
	public Map<String, String> failures() {
		return this.exchange.failures();
	}

	@Override
	public void viewChanged(ClusterView view) {
		this.exchange.view(view.nodes().stream().filter((node) -> !node.equals(this.self)).toList());
	}

	/** Stop the exchange with other nodes. */
	@Override
	public void close() {
		this.exchange.close();
		this.timer.shutdownNow();
	}

	/**
	 * The statistics of presence on a node since its start.
	 *
	 * @param entries the current number of metas of all nodes
	 * @param topics the current number of topics with metas
	 * @param changes the number of joins and leaves on all nodes
	 * @param requests the number of requested pages of state, of new nodes and after
	 * losses
	 * @param dropped the items that were dropped because a queue was full
	 */
	public record PresenceStatistics(long entries, long topics, long changes, long requests, Dropped dropped) {

		/**
		 * Items that were dropped because a queue was full.
		 *
		 * @param writes changes of this node that were not sent to other nodes, which
		 * request the state instead
		 * @param messages messages of other nodes, whose content is requested again
		 * @param changes joins and leaves of short-lived metas that were not sent to
		 * clients
		 * @param events events that were lost, because listeners were too slow
		 */
		public record Dropped(long writes, long messages, long changes, long events) {
		}

	}

}
