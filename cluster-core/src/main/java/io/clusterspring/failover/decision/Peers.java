package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.time.Moment;

/**
 * The reports of the other nodes of the view. A node that does not answer for the grace
 * time counts as a node without distributed applications. A node whose frames cannot be
 * read, because it is of a later release, does not count as silent: as long as it is
 * present, it is unknown what it runs. Not thread-safe.
 */
final class Peers {

	/** The most that one pause of this process counts as waiting time. */
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
	 * @param question the number of the first question to the others
	 * @param grace how long to wait for an answer of a node
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
	 * Advance the time. A pause of this process counts little, because answers that
	 * arrived in the pause are not read yet.
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
	 * @param report its report
	 * @param now the present moment
	 */
	void hear(Node node, NodeReport report, Moment now) {
		Peer peer = this.peers.get(node);
		NodeReport before = (peer != null) ? peer.report : null;
		boolean restarted = before != null && before.incarnation() != report.incarnation();
		if (peer == null || (before != null && !restarted && before.sequence() >= report.sequence())) {
			return;
		}
		if (restarted) {
			peer.answered = false;
			peer.answer = 0;
		}
		if (report.answers() == this.question) {
			peer.answered = true;
			peer.answer = this.question;
		}
		peer.report = report;
		peer.at = now;
		peer.unreadable = false;
	}

	/**
	 * A node has sent a frame that cannot be read.
	 * @param node the node
	 */
	void unreadable(Node node) {
		Peer peer = this.peers.get(node);
		if (peer != null) {
			peer.unreadable = true;
		}
	}

	/**
	 * A node has asked a question. If it has restarted, its old report is dropped.
	 * @param node the node
	 * @param life its incarnation
	 * @param now the present moment
	 * @return whether it has restarted
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
	 * Begin a new question. Answers to earlier questions do not count any more.
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
	 * Return whether all other nodes have answered.
	 * @return {@code false} also before the first view, when the other nodes are unknown
	 */
	boolean isComplete() {
		return this.installed
				&& this.peers.values().stream().allMatch((peer) -> peer.answer == this.question || isSilent(peer));
	}

	private boolean isSilent(Peer peer) {
		return !peer.unreadable && this.lived - peer.awaited >= this.grace.toNanos();
	}

	/**
	 * Return the reports of the other nodes about an application, the oldest node first.
	 * @param application its name
	 * @return one report for each node that knows the application
	 */
	List<PeerReport> reports(String application) {
		List<PeerReport> known = new ArrayList<>();
		for (Node node : this.view) {
			Peer peer = this.peers.get(node);
			NodeReport report = (peer != null && peer.answered) ? peer.report : null;
			ApplicationReport found = (report != null) ? report.application(application) : null;
			if (peer != null && report != null && found != null) {
				known.add(new PeerReport(node, report.incarnation(), report.leaving(), peer.at, report.load(), found));
			}
		}
		return known;
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
