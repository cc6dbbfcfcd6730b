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

	// of too many the oldest is given up, of the host that has most of them: a flood from
	// one host gives way to others
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

	// a connection that has been given up meanwhile stays so
	synchronized void admit(Socket socket) {
		if (this.greeting.remove(socket) != null) {
			this.admitted.add(socket);
			notifyAll();
		}
	}

	synchronized void giveUp(Socket socket) {
		this.greeting.remove(socket);
		NodeServerSocket.close(socket);
	}

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
