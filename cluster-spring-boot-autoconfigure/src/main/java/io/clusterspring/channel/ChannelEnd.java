package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.text.LogText;

/**
 * What is to be done when a channel ends, once. Thread-safe.
 */
final class ChannelEnd {

	private static final Log logger = LogFactory.getLog(ChannelEnd.class);

	private @Nullable List<Runnable> actions;

	private boolean here;

	void add(Runnable action) {
		if (!keep(action)) {
			run(action);
		}
	}

	private synchronized boolean keep(Runnable action) {
		if (!this.here) {
			this.actions = (this.actions != null) ? this.actions : new ArrayList<>(1);
			this.actions.add(action);
		}
		return !this.here;
	}

	void come() {
		List<Runnable> due = take();
		if (due != null) {
			due.forEach(ChannelEnd::run);
		}
	}

	private synchronized @Nullable List<Runnable> take() {
		List<Runnable> due = this.actions;
		this.actions = null;
		this.here = true;
		return due;
	}

	private static void run(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			logger.error("What was to be done at the end of a channel failed", LogText.failure(ex));
		}
	}

}
