package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.presence.PresenceMessage.Write;

/**
 * The replication protocol that the package describes, without threads, time or network.
 * Not thread-safe.
 */
final class PresenceState {

	private final PresenceOrigin self;

	private final PresenceTable table;

	private final PresenceObserver observer;

	private final LongSupplier tokens;

	private final PresenceLimits limits;

	private final PresenceReplica own;

	private final Map<Node, PresencePeer> peers = new LinkedHashMap<>();

	/** Requests of nodes that are not in our view yet. */
	private final Map<Node, PresenceMessage.Ask> early = new HashMap<>();

	private List<Write> pending = new ArrayList<>();

	private long dropped;

	PresenceState(PresenceOrigin self, PresenceTable table, PresenceObserver observer, LongSupplier tokens,
			PresenceLimits limits) {
		this.self = self;
		this.table = table;
		this.observer = observer;
		this.tokens = tokens;
		this.limits = limits;
		this.own = new PresenceReplica(self, table, observer);
	}

	/**
	 * Track on this node.
	 * @param topic the topic
	 * @param key the key
	 * @param json a JSON object
	 * @param previous the meta to update, or {@code null} for a new one
	 * @return the tracked meta
	 */
	PresenceMeta put(String topic, String key, byte[] json, @Nullable PresenceMeta previous) {
		PresenceMeta meta = new PresenceMeta(this.self, this.own.clock() + 1, (previous != null) ? previous.id() : 0,
				this.table.intern(topic), key, json);
		write(Write.put(meta));
		return meta;
	}

	void remove(PresenceMeta meta) {
		write(Write.remove(meta.id()));
	}

	private void write(Write write) {
		this.own.write(write);
		this.own.clock(this.own.clock() + 1);
		if (this.pending.size() >= this.limits.queueCapacity()) {
			// the other nodes notice the missing numbers and request the state
			this.dropped += this.pending.size() + 1;
			this.pending.clear();
		}
		else if (!this.peers.isEmpty()) {
			this.pending.add(write);
		}
	}

	/**
	 * Return and remove the next pending writes.
	 * @return a delta of limited size, or {@code null} if there are no writes or no other
	 * nodes
	 */
	@Nullable PresenceDelta takeDelta() {
		if (this.pending.isEmpty()) {
			return null;
		}
		List<Write> writes = this.pending;
		this.pending = new ArrayList<>();
		int fit = fit(writes);
		long from = this.own.clock() - writes.size();
		if (fit < writes.size()) {
			this.pending.addAll(writes.subList(fit, writes.size()));
			writes = writes.subList(0, fit);
		}
		return new PresenceDelta(this.self.incarnation(), from, writes);
	}

	private int fit(List<Write> writes) {
		long size = 0;
		for (int i = 0; i < writes.size(); i++) {
			PresenceMeta meta = writes.get(i).meta();
			size += (meta != null) ? size(meta) : Long.BYTES;
			if (size >= this.limits.pageSize()) {
				return i + 1;
			}
		}
		return writes.size();
	}

	private static long size(PresenceMeta meta) {
		return 2L * Long.BYTES + meta.topic().length() + meta.key().length() + meta.json().length;
	}

	/**
	 * Return the number of writes that were not sent, because too many were waiting.
	 * @return the number of writes
	 */
	long dropped() {
		return this.dropped;
	}

	PresenceMessage.Beat beat() {
		return new PresenceMessage.Beat(this.self.incarnation(), sent());
	}

	private long sent() {
		return this.own.clock() - this.pending.size();
	}

	/**
	 * Handle a new view.
	 * @param others the other nodes
	 * @param out sends messages to them
	 */
	void view(Collection<Node> others, PresenceOutbox out) {
		List<Node> gone = this.peers.keySet().stream().filter((node) -> !others.contains(node)).toList();
		gone.forEach((node) -> peer(node).clear());
		this.peers.keySet().removeAll(gone);
		for (Node node : others) {
			if (!this.peers.containsKey(node)) {
				PresencePeer peer = new PresencePeer(node, this.tokens);
				this.peers.put(node, peer);
				peer.askForAll(out);
			}
		}
		this.early.forEach((node, ask) -> {
			if (this.peers.containsKey(node)) {
				out.send(node, page(ask));
			}
		});
		this.early.clear();
		if (this.peers.isEmpty()) {
			this.pending.clear();
		}
	}

	/**
	 * Handle a message of another node.
	 * @param sender the node
	 * @param message the message
	 * @param out sends the answer
	 */
	void receive(Node sender, PresenceMessage message, PresenceOutbox out) {
		PresencePeer peer = this.peers.get(sender);
		if (peer == null) {
			if (message instanceof PresenceMessage.Ask ask) {
				this.early.put(sender, ask);
			}
		}
		else if (message instanceof PresenceDelta delta) {
			peer.receive(delta, out);
		}
		else if (message instanceof PresenceMessage.Beat beat) {
			peer.receive(beat, out);
		}
		else if (message instanceof PresenceMessage.Ask ask) {
			out.send(sender, page(ask));
		}
		else if (message instanceof PresenceMessage.Page page) {
			peer.receive(page, new PresenceReplica(origin(sender, page.incarnation()), this.table, this.observer), out);
		}
	}

	private PresenceMessage.Page page(PresenceMessage.Ask ask) {
		List<PresenceMeta> metas = new ArrayList<>();
		long size = 0;
		boolean more = false;
		for (PresenceMeta meta : this.own.after(ask.after())) {
			more = size >= this.limits.pageSize();
			if (more) {
				break;
			}
			metas.add(meta);
			size += size(meta);
		}
		return new PresenceMessage.Page(ask.token(), this.self.incarnation(), this.own.clock(), more, metas);
	}

	/**
	 * Called at every heartbeat.
	 * @param out sends repeated requests
	 */
	void tick(PresenceOutbox out) {
		this.peers.values().forEach((peer) -> peer.tick(out));
	}

	/**
	 * Return the origin for an incarnation of another node.
	 * @param node the node
	 * @param incarnation the incarnation
	 * @return the shared instance if there is one, otherwise a new one
	 */
	PresenceOrigin origin(Node node, long incarnation) {
		PresencePeer peer = this.peers.get(node);
		PresenceReplica replica = (peer != null) ? peer.replica() : null;
		return (replica != null && replica.origin().incarnation() == incarnation) ? replica.origin()
				: new PresenceOrigin(node, incarnation, this.self.codec());
	}

	boolean isAlone() {
		return this.peers.isEmpty();
	}

	/**
	 * Return whether the states of all nodes of the view are known completely.
	 * @return {@code true} if no request is pending
	 */
	boolean isComplete() {
		return this.peers.values().stream().allMatch(PresencePeer::isComplete);
	}

	private PresencePeer peer(Node node) {
		PresencePeer peer = this.peers.get(node);
		if (peer == null) {
			throw new IllegalStateException(node + " is not in the view");
		}
		return peer;
	}

}
