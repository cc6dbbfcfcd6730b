package io.clusterspring.stomp;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationEventPublisher;

import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Mailbox;

/**
 * Publishes {@link StompSessionEvent}s, one at a time, in a separate mailbox, so that a
 * slow listener delays only the next event. Thread-safe.
 */
final class UserEvents {

	private static final Log logger = LogFactory.getLog(UserEvents.class);

	private final Mailbox mailbox;

	private final ApplicationEventPublisher publisher;

	private final CountedWarning lost = new CountedWarning(logger);

	private volatile boolean open;

	UserEvents(Mailbox mailbox, ApplicationEventPublisher publisher) {
		this.mailbox = mailbox;
		this.publisher = publisher;
	}

	void open(boolean open) {
		this.open = open;
	}

	void publish(StompSessionEvent event) {
		if (this.open && !this.mailbox.post(() -> pass(event))) {
			this.lost
				.add((count) -> "Lost a StompSessionEvent, because its listeners are too slow (" + count + " so far)");
		}
	}

	long dropped() {
		return this.lost.count();
	}

	private void pass(StompSessionEvent event) {
		if (this.open) {
			this.publisher.publishEvent(event);
		}
	}

}
