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

	// the grace is the longest wait for an answer
	Peers(Node self, long question, Duration grace, Moment now) {
		this.self = self;
		this.grace = grace;
		this.before = now;
		this.question = question;
		this.view = List.of(self);
	}

	// advances the time. A pause of this process counts little, because it has not
	// read the answers that arrived in the pause
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

	// take a report, unless it is old or of a node that is not in the view
	void hear(Node node, NodeReport report, Moment now) {
		Peer peer = this.peers.get(node);
		NodeReport before = (peer != null) ? peer.report : null;
		boolean restarted = before != null && before.incarnation() != report.incarnation();
		if (peer == null || (before != null && !restarted && before.sequence() >= report.sequence())) {
			return;
		}
		if (report.answers() == this.question) {
			peer.answer = this.question;
		}
		else if (restarted) {
			peer.answer = 0;
		}
		peer.report = report;
		peer.at = now;
		peer.unreadable = false;
	}

	void unreadable(Node node) {
		Peer peer = this.peers.get(node);
		if (peer != null) {
			peer.unreadable = true;
		}
	}

	// a node has asked: if it has restarted, its old report is dropped
	boolean asked(Node node, long life, Moment now) {
		Peer peer = this.peers.get(node);
		boolean anew = peer != null && peer.report != null && peer.report.incarnation() != life;
		if (anew) {
			this.peers.put(node, new Peer(now, this.lived));
		}
		return anew;
	}

	/** Begin a new question: answers to earlier ones do not count any more. */
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

	// whether all other nodes, which the first view tells, have answered
	boolean isComplete() {
		return this.installed
				&& this.peers.values().stream().allMatch((peer) -> peer.answer == this.question || isSilent(peer));
	}

	private boolean isSilent(Peer peer) {
		return !peer.unreadable && this.lived - peer.awaited >= this.grace.toNanos();
	}

	// the reports about an application, the oldest node first
	List<PeerReport> reports(String application) {
		List<PeerReport> known = new ArrayList<>();
		for (Node node : this.view) {
			Peer peer = this.peers.get(node);
			NodeReport report = (peer != null && peer.answer != 0) ? peer.report : null;
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

		private boolean unreadable;

		/** The latest question that its present life has answered, {@code 0} if none. */
		private long answer;

		private Peer(Moment added, long lived) {
			this.awaited = lived;
			this.at = added;
		}

	}

}
