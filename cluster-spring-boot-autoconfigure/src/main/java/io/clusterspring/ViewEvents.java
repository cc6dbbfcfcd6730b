package io.clusterspring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationEventPublisher;

import io.clusterspring.mailbox.Mailbox;

/**
 * Turns views into {@link ClusterEvent}s: who is gone first, then who is new, published
 * on a mailbox. Views come one at a time.
 */
final class ViewEvents {

	private static final Log logger = LogFactory.getLog(ViewEvents.class);

	private static final int CAPACITY = 10_000;

	private final Mailbox mailbox;

	private final ApplicationEventPublisher publisher;

	private ClusterView last;

	private volatile boolean stopped;

	ViewEvents(ClusterView first, Executor executor, ApplicationEventPublisher publisher) {
		this.last = first;
		this.mailbox = new Mailbox(executor, CAPACITY);
		this.publisher = publisher;
	}

	void viewChanged(ClusterView view) {
		for (ClusterEvent event : changes(this.last, view)) {
			if (!this.mailbox.post(() -> publish(event))) {
				logger.error("Lost " + event + ": the listeners of cluster events are too slow");
			}
		}
		this.last = view;
	}

	void stop() {
		this.stopped = true;
	}

	static List<ClusterEvent> changes(ClusterView before, ClusterView after) {
		List<ClusterEvent> events = new ArrayList<>();
		before.nodes()
			.stream()
			.filter((node) -> !after.contains(node))
			.forEach((node) -> events.add(new NodeDown(node, after)));
		after.nodes()
			.stream()
			.filter((node) -> !before.contains(node))
			.forEach((node) -> events.add(new NodeUp(node, after)));
		return events;
	}

	private void publish(ClusterEvent event) {
		if (!this.stopped) {
			this.publisher.publishEvent(event);
		}
	}

}
