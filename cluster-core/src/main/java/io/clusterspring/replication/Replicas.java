package io.clusterspring.replication;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The replicas of what the other nodes of the view own, as the package describes. Not
 * thread-safe.
 */
public final class Replicas<C, E> {

	private final BiFunction<Node, Long, Replica<C, E>> fresh;

	private final LongSupplier tokens;

	private final Outbox outbox;

	private final Map<Node, Peer<C, E>> peers = new LinkedHashMap<>();

	/** Requests of nodes that are not in the view of this node yet. */
	private final Map<Node, Request> early = new HashMap<>();

	/**
	 * Create the replicas of a node that is alone.
	 * @param fresh creates an empty replica for a node and its incarnation
	 * @param tokens supplies the tokens of requests
	 * @param outbox sends to the other nodes
	 */
	public Replicas(BiFunction<Node, Long, Replica<C, E>> fresh, LongSupplier tokens, Outbox outbox) {
		this.fresh = fresh;
		this.tokens = tokens;
		this.outbox = outbox;
	}

	/**
	 * Forget the nodes that have left the view, and request the states of those that have
	 * joined.
	 */
	public void view(Collection<Node> others) {
		this.peers.entrySet().removeIf((peer) -> {
			boolean gone = !others.contains(peer.getKey());
			if (gone) {
				peer.getValue().clear();
			}
			return gone;
		});
		others.forEach((node) -> this.peers.computeIfAbsent(node, this::meet));
		Map<Node, Request> answered = Map.copyOf(this.early);
		this.early.clear();
		answered.forEach((node, request) -> with(node, (peer) -> this.outbox.answer(node, request)));
	}

	private Peer<C, E> meet(Node node) {
		Peer<C, E> peer = new Peer<>((incarnation) -> this.fresh.apply(node, incarnation), this.tokens,
				(request) -> this.outbox.ask(node, request));
		peer.ask(0);
		return peer;
	}

	/** Request the states of all nodes, because messages may have been missed. */
	public void askAll() {
		this.peers.values().forEach((peer) -> peer.ask(0));
	}

	/** Request the state of a node again, unless it is known completely. */
	public void askIfIncomplete(Node node) {
		with(node, (peer) -> {
			if (!peer.isComplete()) {
				peer.ask(0);
			}
		});
	}

	/**
	 * Handle a request. If the node is not in the view yet, it is answered with the view.
	 */
	public void asked(Node node, Request request) {
		if (this.peers.containsKey(node)) {
			this.outbox.answer(node, request);
		}
		else {
			this.early.put(node, request);
		}
	}

	/** Handle the number of a node's last change. */
	public void beat(Node node, long incarnation, long number) {
		with(node, (peer) -> peer.beat(incarnation, number));
	}

	/** Handle changes. */
	public void changes(Node node, Changes<C> changes) {
		with(node, (peer) -> peer.changes(changes));
	}

	/** Handle a part of a state. */
	public void part(Node node, StatePart<E> part) {
		with(node, (peer) -> peer.part(part));
	}

	// a late message of a node that has left must not restore what it owned
	private void with(Node node, Consumer<Peer<C, E>> action) {
		Peer<C, E> peer = this.peers.get(node);
		if (peer != null) {
			action.accept(peer);
		}
	}

	/**
	 * Called at intervals. Requests without an answer since the last call are sent again.
	 */
	public void tick() {
		this.peers.values().forEach(Peer::tick);
	}

	/**
	 * Return whether there are no other nodes.
	 * @return {@code true} if the view has no other node
	 */
	public boolean isAlone() {
		return this.peers.isEmpty();
	}

	/**
	 * Return whether the states of all nodes of the view are known completely.
	 * @return {@code true} if no request is pending
	 */
	public boolean isComplete() {
		return this.peers.values().stream().allMatch(Peer::isComplete);
	}

	/**
	 * Return up to where a node of the view is known.
	 * @return the last change that is known, {@code null} if a request is pending, or the
	 * node is not in the view
	 */
	public @Nullable Position position(Node node) {
		Peer<C, E> peer = this.peers.get(node);
		return (peer != null) ? peer.position() : null;
	}

	/**
	 * A change of a node.
	 *
	 * @param number the number of the change
	 */
	public record Position(long incarnation, long number) {
	}

	/** Sends to other nodes. */
	public interface Outbox {

		/** Request the state of a node. */
		void ask(Node node, Request request);

		/** Send the state of this node, or a part of it. */
		void answer(Node node, Request request);

	}

	/**
	 * A request for the state of another node, or for the rest of it.
	 *
	 * @param token a number that the answer must contain
	 * @param after the answer contains the entries with ids greater than this one
	 */
	public record Request(long token, long after) {
	}

	/**
	 * Consecutive changes of what a node owns.
	 *
	 * @param from the number before these changes
	 * @param to the number of the last one
	 */
	public record Changes<C>(long incarnation, long from, long to, List<C> changes) {
	}

	/**
	 * The state of a node, or the part of it that was requested.
	 *
	 * @param number the number of the last change that the part contains
	 * @param end the last id of the part, {@link #ALL} if no part follows
	 * @param entries the entries with ids from the request to the end
	 */
	public record StatePart<E>(long token, long incarnation, long number, long end, List<E> entries) {

		/** The end of the last part. */
		public static final long ALL = Long.MAX_VALUE;

	}

}
