package io.clusterspring.interest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The announcements of this node that other nodes have acknowledged, and which
 * announcements wait for it. Not thread-safe.
 */
final class Acknowledgements {

	private static final CompletableFuture<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

	private final long patience;

	private final Map<Node, Link> links = new HashMap<>();

	/** In the order of their numbers. */
	private final Deque<Wait> waits = new ArrayDeque<>();

	/**
	 * Create acknowledgements without nodes.
	 * @param patience after which time no node has a lease any more, in nanoseconds
	 */
	Acknowledgements(long patience) {
		this.patience = patience;
	}

	// one that leaves and comes back may have a lease
	void view(Collection<Node> others, long now) {
		others.forEach((node) -> this.links.computeIfAbsent(node, (key) -> new Link()).present = true);
		this.links.entrySet().removeIf((entry) -> {
			Link link = entry.getValue();
			if (!others.contains(entry.getKey())) {
				link.present = false;
				link.acknowledged = 0;
			}
			return !link.present && !hasLease(link, now);
		});
	}

	/** A node gets a lease now. */
	void leased(Node node, long now) {
		Link link = this.links.get(node);
		if (link != null) {
			link.leased = true;
			link.leasedAt = now;
		}
	}

	void acknowledged(Node node, long number) {
		Link link = this.links.get(node);
		if (link != null && link.present) {
			link.acknowledged = Math.max(link.acknowledged, number);
		}
	}

	/**
	 * Wait until no node may be without an announcement.
	 * @param number its number, not less than those before
	 * @return completes when it is taken by {@link #takeKnown}
	 */
	CompletionStage<@Nullable Void> await(long number, long now) {
		if (this.waits.isEmpty() && number <= known(now)) {
			return DONE;
		}
		Wait wait = new Wait(number, now, new CompletableFuture<>());
		this.waits.add(wait);
		return wait.stage;
	}

	/** Return and remove the stages that are to be completed. */
	List<CompletableFuture<@Nullable Void>> takeKnown(long now) {
		if (this.waits.isEmpty()) {
			return List.of();
		}
		long known = known(now);
		List<CompletableFuture<@Nullable Void>> taken = new ArrayList<>();
		while (!this.waits.isEmpty()
				&& (this.waits.element().number <= known || now - this.waits.element().since >= this.patience)) {
			taken.add(this.waits.remove().stage);
		}
		return taken;
	}

	int waiting() {
		return this.waits.size();
	}

	private long known(long now) {
		long least = Long.MAX_VALUE;
		for (Link link : this.links.values()) {
			if (link.present && hasLease(link, now)) {
				least = Math.min(least, link.acknowledged);
			}
		}
		return least;
	}

	private boolean hasLease(Link link, long now) {
		return link.leased && now - link.leasedAt < this.patience;
	}

	/** The knowledge of another node. */
	private static final class Link {

		private boolean present;

		private long acknowledged;

		private boolean leased;

		private long leasedAt;

	}

	private record Wait(long number, long since, CompletableFuture<@Nullable Void> stage) {
	}

}
