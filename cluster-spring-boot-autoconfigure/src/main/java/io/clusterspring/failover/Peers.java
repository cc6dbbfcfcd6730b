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
 * nothing to do with applications, or does not know of them yet. One whose words cannot
 * be read, because it is of a later release, is not silent: nothing is known of what it
 * runs for as long as it is there. Not thread-safe.
 */
final class Peers {

	/** How much longer than until it is found dead a node may owe an answer. */
	private static final Duration MARGIN = Duration.ofSeconds(4);

	/** Of a longer pause no more than this counts: nothing could be heard in it. */
	private static final long STEP = Duration.ofMillis(500).toNanos();

	private final Node self;

	private final Duration grace;

	private Moment before;

	private long lived;

	private boolean installed;

	private long question;

	private final Map<Node, Peer> peers = new HashMap<>();

	private List<Node> view;

	/**
	 * Create the peers of a node.
	 * @param self the node
	 * @param question the first question to the others
	 * @param grace how long a node may owe an answer before it is gone on without
	 * @param now the present moment
	 */
	Peers(Node self, long question, Duration grace, Moment now) {
		this.self = self;
		this.grace = grace;
		this.before = now;
		this.question = question;
		this.view = List.of(self);
	}

	/**
	 * Return how long a node may owe an answer: longer than until the others would have
	 * found it dead. What is still in the view then has nothing to do with applications.
	 * @param detection how long it takes to find a node dead
	 * @return the time
	 */
	static Duration grace(Duration detection) {
		return detection.plus(MARGIN);
	}

	/**
	 * Time goes by. Of a pause of this process little counts, for what the others have
	 * said in it is still to be heard.
	 * @param now the present moment
	 */
	void pass(Moment now) {
		this.lived += Math.max(0, Math.min(now.since(this.before), STEP));
		this.before = now;
	}

	List<Node> view() {
		return this.view;
	}

	void install(List<Node> nodes, Moment now) {
		this.view = nodes;
		this.installed = true;
		this.peers.keySet().retainAll(nodes);
		for (Node node : nodes) {
			if (!node.equals(this.self)) {
				this.peers.computeIfAbsent(node, (added) -> new Peer(now, this.lived));
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
		peer.unreadable = false;
		return true;
	}

	/**
	 * A node has told something that cannot be read.
	 * @param node the node
	 */
	void unreadable(Node node) {
		Peer peer = this.peers.get(node);
		if (peer != null) {
			peer.unreadable = true;
		}
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
			this.peers.put(node, new Peer(now, this.lived));
		}
		return anew;
	}

	/**
	 * Ask a new question: answers to earlier ones are out of date.
	 */
	void askAnew() {
		this.question++;
		this.peers.values().forEach((peer) -> peer.awaited = this.lived);
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

	/**
	 * Return whether everybody has told.
	 * @return {@code false} also before the first view, when it is not known who is there
	 */
	boolean isComplete() {
		return this.installed
				&& this.peers.values().stream().allMatch((peer) -> peer.answer == this.question || isSilent(peer));
	}

	private boolean isSilent(Peer peer) {
		return !peer.unreadable && this.lived - peer.awaited >= this.grace.toNanos();
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

		private long awaited;

		private Moment at;

		private boolean answered;

		private boolean unreadable;

		private long answer;

		private Peer(Moment added, long lived) {
			this.awaited = lived;
			this.at = added;
		}

	}

}
