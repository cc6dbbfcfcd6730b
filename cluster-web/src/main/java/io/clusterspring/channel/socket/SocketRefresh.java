package io.clusterspring.channel.socket;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketAuthorizers;
import io.clusterspring.channel.SocketAuthorizers.Identity;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply.Status;
import io.clusterspring.channel.socket.SocketRight.Grant;
import io.clusterspring.expiry.Deadline;
import io.clusterspring.revocation.SocketOrigin;

/**
 * One refresh of a socket's right, from the client's message to the reply. The
 * authorizers run on the threads of the handlers, because they may block. A refresh that
 * fails for any reason changes nothing.
 *
 * @param socket the socket
 * @param authorizers decide, as at the handshake
 * @param message the message of the client
 * @param handshake the request of the handshake
 * @param arrived when the message has arrived
 */
record SocketRefresh(ChannelSocket socket, SocketAuthorizers authorizers, SocketMessage message,
		SocketRequest handshake, SocketOrigin arrived) {

	/**
	 * Begin. Runs on the transport's thread.
	 * @param socket the socket
	 * @param authorizers decide
	 * @param message the message of the client
	 */
	static void begin(ChannelSocket socket, SocketAuthorizers authorizers, SocketMessage message) {
		SocketRequest handshake = socket.right().grant().request();
		if (handshake == null) {
			answer(socket, message, RefreshOutcome.NO_DEADLINE);
		}
		else if (message.payload().content().remaining() > socket.context().settings().limits().maxJoinSize()) {
			answer(socket, message, RefreshOutcome.PAYLOAD_TOO_LARGE);
		}
		else {
			begin(new SocketRefresh(socket, authorizers, message, handshake, SocketOrigin.now()));
		}
	}

	private static void begin(SocketRefresh refresh) {
		ChannelSocket socket = refresh.socket;
		// clients that reconnect in a loop leave nothing behind that waits for a thread
		AtomicReference<@Nullable SocketRefresh> waiting = new AtomicReference<>(refresh);
		if (socket.right().begin(() -> waiting.set(null))) {
			socket.context().threads().authorizing(socket.threads()).postAlways(() -> {
				SocketRefresh next = waiting.getAndSet(null);
				if (next != null) {
					next.decide();
				}
			});
		}
		else {
			answer(socket, refresh.message, RefreshOutcome.UNDER_WAY);
		}
	}

	private void decide() {
		SocketRequest request;
		try {
			request = RefreshRequest.of(this.handshake, this.socket.context().received(this.message.payload()));
		}
		catch (RuntimeException ex) {
			refuse(RefreshOutcome.INVALID_PAYLOAD);
			return;
		}
		if (!this.socket.isClosed() && this.authorizers.authorize(request) instanceof Identity identity) {
			conclude(identity);
		}
		else {
			refuse(RefreshOutcome.UNAUTHORIZED);
		}
	}

	private void refuse(RefreshOutcome outcome) {
		this.socket.right().abandon();
		answer(this.socket, this.message, outcome);
	}

	private void conclude(Identity identity) {
		long now = this.socket.context().clock().getAsLong();
		RefreshOutcome outcome = this.socket.right()
			.complete(Grant.of(identity, this.handshake, now), now,
					(from, to) -> this.socket.context()
						.registry()
						.renamed(this.socket, from.identity().id(), to.identity().id(), this.arrived));
		if (outcome == RefreshOutcome.OK) {
			// this comes before the answer, so that the channels know when the client's
			// next message comes
			this.socket.refreshed();
		}
		if (outcome != null) {
			answer(this.socket, this.message, outcome);
		}
	}

	private static void answer(ChannelSocket socket, SocketMessage message, RefreshOutcome outcome) {
		if (!socket.isClosed()) {
			socket.context().rights().hasRefreshed(outcome);
			Deadline deadline = socket.right().grant().deadline();
			boolean ok = outcome == RefreshOutcome.OK;
			Map<String, Object> response = !ok ? Map.of("reason", outcome.reason())
					: (deadline != null) ? Map.of("at", deadline.epochMillis()) : Map.of();
			SocketPayload payload = socket.context().encode(response);
			socket.replies().send(message.joinRef(), message, ok ? Status.OK : Status.ERROR, payload);
		}
	}

}
