package io.clusterspring.jgroups.guard;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.mailbox.CountedWarning;

/**
 * Hands only connections to the engine whose other end is a node of the cluster. Each
 * handshake has a thread, its time is limited as a whole, and of too many the oldest is
 * given up.
 *
 * <p>
 * Replaces the accepting of TcpServer, whose one thread reads from each connection, and
 * ends with an Error (not reported yet:
 * docs/upstream.md#one-thread-for-all-new-connections). The bounds can go once TcpServer
 * greets on a thread pool, the {@link ConnectionGuard} stays.
 */
final class NodeServerSocket extends ServerSocket {

	private static final Log logger = LogFactory.getLog(NodeServerSocket.class);

	private static final long RETRY_MILLIS = 100;

	private static final long END_MILLIS = 1000;

	private final ConnectionGuard guard;

	private final PendingConnections pending = new PendingConnections();

	private final CountedWarning warnings = new CountedWarning(logger);

	private final EngineFailures failures;

	private final AtomicBoolean started = new AtomicBoolean();

	private final ExecutorService threads;

	private volatile @Nullable Future<?> accepting;

	NodeServerSocket(ConnectionGuard guard, EngineFailures failures) throws IOException {
		this.guard = guard;
		this.failures = failures;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("cluster-accept-");
		factory.setDaemon(true);
		this.threads = Executors.newCachedThreadPool(factory);
	}

	@Override
	public void bind(SocketAddress endpoint, int backlog) throws IOException {
		try {
			super.bind(endpoint, backlog);
		}
		catch (IOException ex) {
			// a port that was lost between bind and listen is not to be kept
			if (isBound()) {
				close();
			}
			throw ex;
		}
	}

	@Override
	public Socket accept() throws IOException {
		if (this.started.compareAndSet(false, true)) {
			start();
		}
		try {
			return this.pending.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SocketException("Interrupted");
		}
	}

	private void start() throws IOException {
		Thread.currentThread().setUncaughtExceptionHandler(this::engineFailed);
		try {
			this.accepting = this.threads.submit(this::acceptAll);
		}
		catch (RejectedExecutionException ex) {
			throw new SocketException("Socket closed");
		}
		catch (OutOfMemoryError ex) {
			// the engine calls again, and may then get a thread
			this.failures.add("accept", ex);
			this.started.set(false);
			pause();
			throw new IOException("No thread to take connections", ex);
		}
	}

	// an Error ends the engine's thread: nobody would take connections from here any more
	private void engineFailed(Thread thread, Throwable failure) {
		this.failures.add("accept", failure);
		try {
			logger.error("This node takes no new connections of other nodes any more, and closes its port: restart it",
					failure);
		}
		finally {
			close(this);
		}
	}

	private void acceptAll() {
		while (!isClosed()) {
			try {
				acceptOne();
			}
			catch (Throwable ex) {
				failed(ex);
				if (!isClosed()) {
					pause();
				}
			}
		}
	}

	private void acceptOne() throws IOException {
		NodeSocket socket = new NodeSocket(this.guard);
		try {
			implAccept(socket);
			if (this.pending.begin(socket, socket.getInetAddress().getHostAddress())) {
				this.threads.execute(() -> greet(socket));
			}
		}
		catch (Throwable ex) {
			this.pending.giveUp(socket);
			throw ex;
		}
	}

	private void greet(NodeSocket socket) {
		try {
			if (this.guard.admits(socket)) {
				this.pending.admit(socket);
				return;
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
		this.pending.giveUp(socket);
	}

	// nothing may be thrown from here: it would end the thread, and the port stay open
	private void failed(Throwable cause) {
		if (cause instanceof Error) {
			this.failures.add("accept", cause);
		}
		else if (!isClosed()) {
			warn(cause);
		}
	}

	private void warn(Throwable cause) {
		try {
			this.warnings.add((count) -> "A connection of another process could not be taken, " + count
					+ " times so far; it may try again: " + cause);
		}
		catch (Throwable ex) {
			this.failures.add("accept", ex);
		}
	}

	private void pause() {
		try {
			// without file descriptors or threads the next try fails at once as well
			TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() throws IOException {
		super.close();
		this.pending.close();
		this.threads.shutdown();
		awaitEnd(this.accepting);
	}

	// the system keeps the port for as long as a thread waits for connections there
	private static void awaitEnd(@Nullable Future<?> accepting) {
		try {
			if (accepting != null) {
				accepting.get(END_MILLIS, TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// the port is free a little later then
		}
	}

	static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is closed then
		}
	}

	/**
	 * The connections that others have opened: those whose handshake is going on, and
	 * those that the engine is to take. After it is closed it holds none, whoever comes
	 * late. Thread-safe.
	 */
	static final class PendingConnections {

		/**
		 * How many handshakes there may be at a time: one takes milliseconds, so the
		 * oldest of as many does not mean to go on.
		 */
		static final int MOST = 256;

		private final Map<Socket, String> greeting = new LinkedHashMap<>();

		private final Queue<Socket> admitted = new ArrayDeque<>();

		private boolean closed;

		// of too many the oldest is given up, of the host that has most of them: a flood
		// from
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

}
