package io.clusterspring.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Runs an action when the web server reports that a client has disconnected during an
 * asynchronous request.
 *
 * @param action runs once or more, on a thread of the web server
 */
public record DisconnectListener(Runnable action) implements AsyncListener {

	@Override
	public void onComplete(AsyncEvent event) {
	}

	@Override
	public void onTimeout(AsyncEvent event) {
	}

	@Override
	public void onError(AsyncEvent event) {
		this.action.run();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
