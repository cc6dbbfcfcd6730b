package io.clusterspring.jgroups.guard;

import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The connections that others have opened: those whose handshake is going on, and those
 * that the engine is to take. After it is closed it holds none, whoever comes late.
 * Thread-safe.
 */
final class PendingConnections {

	/**
	 * How many handshakes there may be at a time: one takes milliseconds, so the oldest
	 * of as many does not mean to go on.
	 */
	static final int MOST = 256;

	private final Map<Socket, String> greeting = new LinkedHashMap<>();

	private final Queue<Socket> admitted = new ArrayDeque<>();

	private boolean closed;

	/**
	 * Take note of a connection whose handshake begins. Of too many the oldest is given
	 * up, of the host that has most of them: a flood from one host gives way to others.
	 * @param socket the connection
	 * @param host where it comes from
	 * @return {@code false} if it is closed, because no more are taken
	 */
	synchronized boolean begin(Socket socket, String host) {
		if (this.closed) {
			NodeServerSocket.close(socket);
			return false;
		}
		if (this.greeting.size() >= MOST) {
			giveUpOne();
		}
		this.greeting.put(socket, host);
		return true;
	}

	private void giveUpOne() {
		Map<String, Integer> counts = new HashMap<>();
		this.greeting.values().forEach((host) -> counts.merge(host, 1, Integer::sum));
		String most = Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
		for (Map.Entry<Socket, String> oldestFirst : this.greeting.entrySet()) {
			if (oldestFirst.getValue().equals(most)) {
				giveUp(oldestFirst.getKey());
				return;
			}
		}
	}

	/**
	 * The handshake is over, and the other end is a node. If the connection has been
	 * given up meanwhile, it stays so.
	 * @param socket the connection
	 */
	synchronized void admit(Socket socket) {
		if (this.greeting.remove(socket) != null) {
			this.admitted.add(socket);
			notifyAll();
		}
	}

	/**
	 * Close a connection whose handshake is not to go on.
	 * @param socket the connection
	 */
	synchronized void giveUp(Socket socket) {
		this.greeting.remove(socket);
		NodeServerSocket.close(socket);
	}

	/**
	 * Wait for a connection with a node.
	 * @return the connection
	 * @throws SocketException if no more are taken
	 * @throws InterruptedException if the thread is interrupted
	 */
	synchronized Socket take() throws SocketException, InterruptedException {
		while (this.admitted.isEmpty()) {
			if (this.closed) {
				throw new SocketException("Socket closed");
			}
			wait();
		}
		return this.admitted.remove();
	}

	synchronized void close() {
		this.closed = true;
		this.greeting.keySet().forEach(NodeServerSocket::close);
		this.greeting.clear();
		this.admitted.forEach(NodeServerSocket::close);
		this.admitted.clear();
		notifyAll();
	}

}
