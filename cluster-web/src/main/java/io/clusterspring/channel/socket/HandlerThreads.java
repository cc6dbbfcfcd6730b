package io.clusterspring.channel.socket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.mailbox.Bulkhead;
import io.clusterspring.mailbox.Bulkhead.Bulkheads;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.text.LogText;

/**
 * Creates the mailboxes of channels on the application's threads. Bulkheads keep one
 * socket or one controller from occupying all of them.
 */
final class HandlerThreads {

	private final Executor executor;

	private final int mailboxCapacity;

	private final int perSocket;

	private final int perController;

	private final ConcurrentMap<ChannelHandler, Bulkhead> controllers = new ConcurrentHashMap<>();

	private final Bulkhead authorizers;

	HandlerThreads(Executor executor, ChannelSettings settings) {
		this.executor = executor;
		this.mailboxCapacity = settings.mailboxCapacity();
		this.perSocket = settings.handlers().threadsPerSocket();
		this.perController = settings.handlers().threadsPerController();
		this.authorizers = new Bulkhead("Refreshes of sockets", atMost(this.perController));
	}

	/**
	 * Create the bulkhead of one socket.
	 * @return the bulkhead, or {@code null} if there is no limit
	 */
	@Nullable Bulkhead socket() {
		return isBounded() ? new Bulkhead("socket", atMost(this.perSocket)) : null;
	}

	Mailbox mailbox(@Nullable Bulkhead socket, ChannelHandler handler, String topic) {
		return new Mailbox(this.executor, this.mailboxCapacity,
				(socket != null) ? new Bulkheads(socket, controller(handler, topic)) : null);
	}

	/**
	 * Create a mailbox for one call of the authorizers, which together occupy as many
	 * threads as one controller may.
	 * @param socket the bulkhead of the socket
	 * @return the mailbox
	 */
	Mailbox authorizing(@Nullable Bulkhead socket) {
		return new Mailbox(this.executor, 1, (socket != null) ? new Bulkheads(socket, this.authorizers) : null);
	}

	private Bulkhead controller(ChannelHandler handler, String topic) {
		Bulkhead present = this.controllers.get(handler);
		return (present != null) ? present
				: this.controllers.computeIfAbsent(handler,
						(key) -> new Bulkhead("Channels of the controller of topic '" + LogText.of(topic) + "'",
								atMost(this.perController)));
	}

	/** Return the bulkheads of the controllers, and that of refreshes. */
	Collection<Bulkhead> bulkheads() {
		List<Bulkhead> all = new ArrayList<>(this.controllers.values());
		all.add(this.authorizers);
		return all;
	}

	private boolean isBounded() {
		return this.perSocket > 0 || this.perController > 0;
	}

	private static int atMost(int threads) {
		return (threads > 0) ? threads : Integer.MAX_VALUE;
	}

}
