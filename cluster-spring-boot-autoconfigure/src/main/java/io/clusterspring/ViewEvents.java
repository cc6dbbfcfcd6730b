package io.clusterspring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationEventPublisher;

import io.clusterspring.mailbox.Mailbox;

/**
 * Turns views into {@link ClusterEvent}s: first the nodes that are gone, then those that
 * are new, published on a mailbox. What an event tells is the difference to those before
 * it, also when views are skipped or the cluster is left and joined again: of each node
 * there is a {@link NodeDown} between any two {@link NodeUp}. Views come one at a time.
 */
final class ViewEvents {

	private static final Log logger = LogFactory.getLog(ViewEvents.class);

	private static final int CAPACITY = 10_000;

	private final Mailbox mailbox;

	private final ApplicationEventPublisher publisher;

	/** The nodes that listeners were told to be there; in the mailbox only. */
	private final List<Node> told = new ArrayList<>();

	private volatile boolean stopped = true;

	ViewEvents(Node self, Executor executor, ApplicationEventPublisher publisher) {
		this.told.add(self);
		this.mailbox = new Mailbox(executor, CAPACITY);
		this.publisher = publisher;
	}

	/**
	 * Publish from now on.
	 * @param alone the view of a node that has not joined yet
	 */
	void start(ClusterView alone) {
		this.stopped = false;
		viewChanged(alone);
	}

	void viewChanged(ClusterView view) {
		if (!this.mailbox.post(() -> publish(view))) {
			logger.error("Lost view " + view.id() + ": the listeners of cluster events are too slow");
		}
	}

	/**
	 * Publish nothing any more until started again.
	 */
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

	private void publish(ClusterView view) {
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
			publish(event);
		}
	}

	// a listener that throws, of a publisher that lets it through, takes no other event
	// with it
	private void publish(ClusterEvent event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of " + event + " has failed", ex);
		}
	}

}
