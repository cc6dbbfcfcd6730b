package io.clusterspring.channel.socket;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.text.LogText;

/**
 * The actions to run when a channel ends. Each runs once. Thread-safe.
 */
final class EndActions {

	private static final Log logger = LogFactory.getLog(EndActions.class);

	private @Nullable List<Runnable> actions;

	private boolean ended;

	void add(Runnable action) {
		if (!keep(action)) {
			run(action);
		}
	}

	private synchronized boolean keep(Runnable action) {
		if (!this.ended) {
			this.actions = (this.actions != null) ? this.actions : new ArrayList<>(1);
			this.actions.add(action);
		}
		return !this.ended;
	}

	void run() {
		List<Runnable> due = take();
		if (due != null) {
			due.forEach(EndActions::run);
		}
	}

	private synchronized @Nullable List<Runnable> take() {
		List<Runnable> due = this.actions;
		this.actions = null;
		this.ended = true;
		return due;
	}

	private static void run(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			logger.error("An action at the end of a channel failed", LogText.failure(ex));
		}
	}

}
