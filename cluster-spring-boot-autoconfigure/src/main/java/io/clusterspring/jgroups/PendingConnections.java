package io.clusterspring.jgroups;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections whose handshake is going on. Thread-safe.
 */
final class PendingConnections {

	/**
	 * How many there may be: a handshake takes milliseconds, so who is the oldest of as
	 * many does not mean to go on.
	 */
	static final int MOST = 256;

	private final Map<NodeSocket, Long> since = new LinkedHashMap<>();

	synchronized void add(NodeSocket socket, long now) {
		if (this.since.size() >= MOST) {
			NodeSocket oldest = this.since.keySet().iterator().next();
			this.since.remove(oldest);
			NodeServerSocket.close(oldest);
		}
		this.since.put(socket, now);
	}

	/**
	 * Take a connection whose handshake is over.
	 * @param socket the connection
	 * @return {@code false} if it has been given up meanwhile
	 */
	synchronized boolean remove(NodeSocket socket) {
		return this.since.remove(socket) != null;
	}

	synchronized boolean isEmpty() {
		return this.since.isEmpty();
	}

	synchronized void closeExpired(long now) {
		Iterator<Map.Entry<NodeSocket, Long>> oldestFirst = this.since.entrySet().iterator();
		while (oldestFirst.hasNext()) {
			Map.Entry<NodeSocket, Long> entry = oldestFirst.next();
			if (now - entry.getValue() < TimeUnit.MILLISECONDS.toNanos(ConnectionGuard.TIMEOUT)) {
				return;
			}
			oldestFirst.remove();
			NodeServerSocket.close(entry.getKey());
		}
	}

	synchronized void closeAll() {
		List.copyOf(this.since.keySet()).forEach(NodeServerSocket::close);
		this.since.clear();
	}

}
