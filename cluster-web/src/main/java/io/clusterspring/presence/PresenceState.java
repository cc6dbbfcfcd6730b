package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.presence.PresenceMessage.Ask;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Delta;
import io.clusterspring.presence.PresenceMessage.Page;
import io.clusterspring.presence.PresenceMessage.Write;
import io.clusterspring.replication.OwnChanges;
import io.clusterspring.replication.OwnChanges.PartSize;
import io.clusterspring.replication.Replica;
import io.clusterspring.replication.Replicas;
import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.Request;

/**
 * The metas of all nodes, replicated without threads, time or network. The messages that
 * are to be sent wait until {@link #takeMessages} returns them. Not thread-safe.
 */
final class PresenceState implements Replicas.Outbox {

	private final PresenceOrigin self;

	private final PresenceTable table;

	private final PresenceReplica own;

	private final OwnChanges<Write> changes;

	private final PartSize<PresenceMeta> page;

	private final Replicas<Write, PresenceMeta> replicas;

	private final Map<Node, PresenceOrigin> origins = new HashMap<>();

	private List<Addressed> messages = new ArrayList<>();

	PresenceState(PresenceOrigin self, PresenceTable table, PresenceTable.Observer observer, LongSupplier tokens,
			PresenceLimits limits) {
		this.self = self;
		this.table = table;
		this.own = new PresenceReplica(table, observer);
		this.changes = new OwnChanges<>(self.incarnation(), OwnChanges.Numbered.CHANGE, limits.queueCapacity(),
				new PartSize<>(Write::size, limits.pageSize(), Integer.MAX_VALUE));
		this.page = new PartSize<>(PresenceMeta::size, limits.pageSize(), Integer.MAX_VALUE);
		this.replicas = new Replicas<>((node, incarnation) -> {
			this.origins.put(node, origin(node, incarnation));
			return new PresenceReplica(table, observer);
		}, tokens, this);
	}

	PresenceMeta put(String topic, String key, byte[] json, @Nullable PresenceMeta previous) {
		PresenceMeta meta = new PresenceMeta(this.self, this.changes.last() + 1, (previous != null) ? previous.id() : 0,
				this.table.intern(topic), key, json);
		write(Write.put(meta));
		return meta;
	}

	void remove(PresenceMeta meta) {
		write(Write.remove(meta.id()));
	}

	private void write(Write write) {
		this.own.apply(write);
		this.changes.add(write);
		discardIfAlone();
	}

	private void discardIfAlone() {
		if (isAlone()) {
			this.changes.discard();
		}
	}

	/**
	 * Return and remove the next writes to send.
	 * @return a delta of limited size, or {@code null} if there are no writes or no other
	 * nodes
	 */
	@Nullable Delta takeDelta() {
		Changes<Write> taken = this.changes.take();
		return (taken != null) ? new Delta(taken.incarnation(), taken.from(), taken.changes()) : null;
	}

	List<Addressed> takeMessages() {
		List<Addressed> taken = this.messages;
		this.messages = new ArrayList<>();
		return taken;
	}

	long dropped() {
		return this.changes.dropped();
	}

	Beat beat() {
		return new Beat(this.self.incarnation(), this.changes.sent());
	}

	void view(Collection<Node> others) {
		this.origins.keySet().retainAll(others);
		this.replicas.view(others);
		discardIfAlone();
	}

	void receive(Node sender, PresenceMessage message) {
		if (message instanceof Delta delta) {
			this.replicas.changes(sender, delta.changes());
		}
		else if (message instanceof Beat beat) {
			this.replicas.beat(sender, beat.incarnation(), beat.clock());
		}
		else if (message instanceof Ask ask) {
			this.replicas.asked(sender, new Request(ask.token(), ask.after()));
		}
		else if (message instanceof Page received) {
			this.replicas.part(sender, received.part());
		}
	}

	@Override
	public void ask(Node node, Request request) {
		this.messages.add(new Addressed(node, new Ask(request.token(), request.after())));
	}

	@Override
	public void answer(Node node, Request request) {
		List<PresenceMeta> metas = this.page.first(this.own.after(request.after()).values());
		boolean more = !metas.isEmpty() && !this.own.after(metas.get(metas.size() - 1).id()).isEmpty();
		this.messages.add(new Addressed(node,
				new Page(request.token(), this.self.incarnation(), this.changes.last(), more, metas)));
	}

	void tick() {
		this.replicas.tick();
	}

	/**
	 * Return the origin for an incarnation of another node.
	 * @return the shared instance if there is one, otherwise a new one
	 */
	PresenceOrigin origin(Node node, long incarnation) {
		PresenceOrigin known = this.origins.get(node);
		return (known != null && known.incarnation() == incarnation) ? known
				: new PresenceOrigin(node, incarnation, this.self.codec());
	}

	boolean isAlone() {
		return this.replicas.isAlone();
	}

	boolean isComplete() {
		return this.replicas.isComplete();
	}

	/** A message to another node. */
	record Addressed(Node receiver, PresenceMessage message) {
	}

	/**
	 * The metas of one incarnation of a node, by id. Every change is applied to the table
	 * and reported to the observer. Not thread-safe.
	 */
	private static final class PresenceReplica implements Replica<Write, PresenceMeta> {

		private final PresenceTable table;

		private final PresenceTable.Observer observer;

		private final NavigableMap<Long, PresenceMeta> metas = new TreeMap<>();

		PresenceReplica(PresenceTable table, PresenceTable.Observer observer) {
			this.table = table;
			this.observer = observer;
		}

		@Override
		public void apply(Write write) {
			PresenceMeta meta = write.meta();
			if (meta == null) {
				remove(write.removed());
			}
			else if (!update(meta)) {
				put(meta);
				remove(meta.previous());
			}
		}

		/**
		 * Replace the previous meta of an update in one step, so that no reader sees both
		 * or none.
		 * @param meta the new meta
		 * @return {@code false} if it is not an update, or the previous meta is unknown
		 */
		private boolean update(PresenceMeta meta) {
			@Nullable PresenceMeta former = this.metas.get(meta.previous());
			if (former == null || this.metas.containsKey(meta.id()) || !former.isAtSamePlace(meta)) {
				return false;
			}
			this.metas.remove(former.id());
			this.metas.put(meta.id(), meta);
			this.table.replace(former, meta);
			this.observer.joined(meta);
			this.observer.left(former);
			return true;
		}

		@Override
		public void replace(long after, long end, List<PresenceMeta> entries) {
			Set<Long> kept = entries.stream().map(PresenceMeta::id).collect(Collectors.toSet());
			List<Long> gone = new ArrayList<>(this.metas.subMap(after, false, end, true).keySet());
			gone.removeAll(kept);
			entries.forEach(this::put);
			gone.forEach(this::remove);
		}

		NavigableMap<Long, PresenceMeta> after(long id) {
			return this.metas.tailMap(id, false);
		}

		private void put(PresenceMeta meta) {
			if (this.metas.putIfAbsent(meta.id(), meta) == null) {
				this.table.add(meta);
				this.observer.joined(meta);
			}
		}

		private void remove(long id) {
			@Nullable PresenceMeta removed = this.metas.remove(id);
			if (removed != null) {
				this.table.remove(removed);
				this.observer.left(removed);
			}
		}

	}

}
