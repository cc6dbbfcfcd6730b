package io.clusterspring.channel.longpoll;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Notes that a client has gone while its request waited, as far as the web server sees
 * it.
 *
 * @param action to be run then
 */
record Hangup(Runnable action) implements AsyncListener {

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
