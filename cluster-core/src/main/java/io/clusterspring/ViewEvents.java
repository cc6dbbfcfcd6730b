package io.clusterspring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

import io.clusterspring.mailbox.Mailbox;

/**
 * Turns views into {@link ClusterEvent}s and publishes them on a mailbox: first the nodes
 * that have left, then those that have joined. Events are the difference to the events
 * published before, also when views are skipped or the cluster is left and joined again:
 * between two {@link NodeUp} of a node there is always a {@link NodeDown}. Views come one
 * at a time.
 */
final class ViewEvents {

	private static final Log logger = LogFactory.getLog(ViewEvents.class);

	private static final int CAPACITY = 10_000;

	private final Mailbox mailbox;

	private final ApplicationEventPublisher publisher;

	/** The nodes that are up by the events so far; used in the mailbox only. */
	private final List<Node> told = new ArrayList<>();

	private volatile boolean stopped = true;

	/** Tells why a node of the view before has gone, for the log. */
	private final Function<Node, @Nullable String> reasons;

	private List<Node> present = List.of();

	ViewEvents(Node self, Function<Node, @Nullable String> reasons, Executor executor,
			ApplicationEventPublisher publisher) {
		this.told.add(self);
		this.reasons = reasons;
		this.mailbox = new Mailbox(executor, CAPACITY);
		this.publisher = publisher;
	}

	/**
	 * Publish events from now on.
	 * @param alone the view of a node that has not joined yet
	 */
	void start(ClusterView alone) {
		this.stopped = false;
		viewChanged(alone);
	}

	void viewChanged(ClusterView view) {
		Map<Node, String> gone = gone(view);
		this.present = view.nodes();
		if (!this.mailbox.post(() -> publish(view, gone))) {
			logger.error("Lost view " + view.id() + ": the listeners of cluster events are too slow");
		}
	}

	// now, because the reasons are known until the next view
	private Map<Node, String> gone(ClusterView view) {
		Map<Node, String> gone = new HashMap<>();
		for (Node node : this.present) {
			String reason = view.contains(node) ? null : this.reasons.apply(node);
			if (reason != null) {
				gone.put(node, reason);
			}
		}
		return gone;
	}

	/** Publish no events until started again. */
	void stop() {
		this.stopped = true;
	}

	static List<ClusterEvent> changes(List<Node> before, ClusterView after) {
		List<ClusterEvent> events = new ArrayList<>();
		before.stream()
			.filter((node) -> !after.contains(node))
			.forEach((node) -> events.add(new NodeDown(node, after)));
		after.nodes()
			.stream()
			.filter((node) -> !before.contains(node))
			.forEach((node) -> events.add(new NodeUp(node, after)));
		return events;
	}

	private void publish(ClusterView view, Map<Node, String> gone) {
		for (ClusterEvent event : changes(List.copyOf(this.told), view)) {
			if (this.stopped) {
				return;
			}
			if (event instanceof NodeUp) {
				this.told.add(event.node());
			}
			else {
				this.told.remove(event.node());
			}
			publish(event, gone.get(event.node()));
		}
	}

	// other events must follow, even if the publisher passes on a listener's exception
	private void publish(ClusterEvent event, @Nullable String reason) {
		boolean up = event instanceof NodeUp;
		logger.info((up ? "NodeUp: " : "NodeDown: ") + event.node() + " has " + (up ? "joined" : "gone")
				+ ((reason != null && !up) ? " (" + reason + ")" : "") + "; nodes: " + event.view().nodes());
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of " + event + " has failed", ex);
		}
	}

}
