package io.clusterspring.inspect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.clusterspring.Node;

/**
 * A question that waits for nodes. It ends once each node has answered, or is given up.
 * Thread-safe.
 */
final class PendingQuestion {

	private final Section section;

	private final Question question;

	private final Duration timeout;

	private final CompletableFuture<Result> result = new CompletableFuture<>();

	private final Set<Node> waitingFor;

	private final Map<Node, Page> pages = new TreeMap<>();

	private final Map<Node, String> silent = new TreeMap<>();

	PendingQuestion(Section section, Question question, Collection<Node> nodes, Duration timeout) {
		this.section = section;
		this.question = question;
		this.timeout = timeout;
		this.waitingFor = new HashSet<>(nodes);
	}

	boolean isAction() {
		return this.section instanceof ActionSection;
	}

	CompletableFuture<Result> result() {
		return this.result;
	}

	/**
	 * Take the page of a node, unless its items are not behind the page before: a client
	 * that goes on from there would never come to an end.
	 */
	void answered(Node node, Page page) {
		if (!page.isAfter(this.question.after())) {
			refused(node, "has sent a page that does not go on after the one before");
			return;
		}
		end(() -> {
			if (this.waitingFor.remove(node)) {
				this.pages.put(node, page);
			}
		});
	}

	void refused(Node node, String reason) {
		end(() -> {
			if (this.waitingFor.remove(node)) {
				this.silent.put(node, reason);
			}
		});
	}

	void give(Predicate<Node> which, String reason) {
		end(() -> this.waitingFor.removeIf((node) -> {
			boolean given = which.test(node);
			if (given) {
				this.silent.put(node, reason);
			}
			return given;
		}));
	}

	/**
	 * Give all nodes up that have not answered.
	 * @return these nodes
	 */
	List<Node> expire() {
		List<Node> given = new ArrayList<>();
		give(given::add, "no answer in " + show(this.timeout));
		return given;
	}

	private static String show(Duration time) {
		return (time.toMillis() % 1000 == 0) ? time.toSeconds() + " s" : time.toMillis() + " ms";
	}

	private void end(Runnable change) {
		Result whole = null;
		synchronized (this) {
			change.run();
			if (this.waitingFor.isEmpty() && !this.result.isDone()) {
				whole = whole();
			}
		}
		if (whole != null) {
			this.result.complete(whole);
		}
	}

	private Result whole() {
		Merge.Merged merged = Merge.pages(this.pages.values(), this.question.limit(), this.section::merge);
		return new Result(merged.items().stream().map(this.section::shown).toList(), merged.next(),
				List.copyOf(this.pages.keySet()),
				this.silent.entrySet()
					.stream()
					.map((entry) -> new Result.Silent(entry.getKey(), entry.getValue()))
					.toList());
	}

}
