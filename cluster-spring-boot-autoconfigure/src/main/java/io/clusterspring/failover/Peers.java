package io.clusterspring.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * What the other nodes of the view have told. A node that does not answer for a while has
 * nothing to do with applications, or does not know of them yet. Not thread-safe.
 */
final class Peers {

	/** How long a node may be silent before it is gone on without. */
	static final Duration GRACE = Duration.ofSeconds(5);

	private final Node self;

	private long question;

	private final Map<Node, Peer> peers = new HashMap<>();

	private List<Node> view;

	/**
	 * Create the peers of a node.
	 * @param self the node
	 * @param question the first question to the others
	 */
	Peers(Node self, long question) {
		this.self = self;
		this.question = question;
		this.view = List.of(self);
	}

	List<Node> view() {
		return this.view;
	}

	void install(List<Node> nodes, Moment now) {
		this.view = nodes;
		this.peers.keySet().retainAll(nodes);
		for (Node node : nodes) {
			if (!node.equals(this.self)) {
				this.peers.computeIfAbsent(node, (added) -> new Peer(now));
			}
		}
	}

	/**
	 * Take a report, unless it is old or of a node that is not in the view.
	 * @param node the node
	 * @param report what it tells
	 * @param now the present moment
	 * @return whether it was taken
	 */
	boolean hear(Node node, NodeReport report, Moment now) {
		Peer peer = this.peers.get(node);
		if (peer == null) {
			return false;
		}
		NodeReport before = peer.report;
		if (before != null && before.incarnation() != report.incarnation()) {
			peer.answered = false;
			peer.answer = 0;
		}
		else if (before != null && before.sequence() >= report.sequence()) {
			return false;
		}
		peer.answered = (report.answers() == this.question) || peer.answered;
		peer.answer = (report.answers() == this.question) ? this.question : peer.answer;
		peer.report = report;
		peer.at = now;
		return true;
	}

	/**
	 * A node has asked: if it lives anew, nothing is known of it any more.
	 * @param node the node
	 * @param life its life
	 * @param now the present moment
	 * @return whether it lives anew
	 */
	boolean asked(Node node, long life, Moment now) {
		Peer peer = this.peers.get(node);
		boolean anew = peer != null && peer.report != null && peer.report.incarnation() != life;
		if (anew) {
			this.peers.put(node, new Peer(now));
		}
		return anew;
	}

	/**
	 * Ask a new question: answers to earlier ones are out of date.
	 * @param now the present moment
	 */
	void askAnew(Moment now) {
		this.question++;
		this.peers.values().forEach((peer) -> peer.awaited = now);
	}

	long question() {
		return this.question;
	}

	List<Node> unanswered() {
		return this.peers.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().answer != this.question)
			.map(Map.Entry::getKey)
			.sorted()
			.toList();
	}

	boolean isComplete(Moment now) {
		return this.peers.values()
			.stream()
			.allMatch((peer) -> peer.answer == this.question || now.since(peer.awaited) >= GRACE.toNanos());
	}

	@Nullable NodeReport report(Node node) {
		Peer peer = this.peers.get(node);
		return (peer != null) ? peer.report : null;
	}

	/**
	 * Return what is known of an application on the others, the oldest node first.
	 * @param application its name
	 * @return one for each node that knows it
	 */
	List<Sighting> sightings(String application) {
		List<Sighting> sightings = new ArrayList<>();
		for (Node node : this.view) {
			Peer peer = this.peers.get(node);
			NodeReport report = (peer != null && peer.answered) ? peer.report : null;
			ApplicationReport found = (report != null) ? report.application(application) : null;
			if (peer != null && report != null && found != null) {
				sightings
					.add(new Sighting(node, report.incarnation(), report.leaving(), peer.at, report.load(), found));
			}
		}
		return sightings;
	}

	private static final class Peer {

		private @Nullable NodeReport report;

		private Moment awaited;

		private Moment at;

		private boolean answered;

		private long answer;

		private Peer(Moment added) {
			this.awaited = added;
			this.at = added;
		}

	}

}
