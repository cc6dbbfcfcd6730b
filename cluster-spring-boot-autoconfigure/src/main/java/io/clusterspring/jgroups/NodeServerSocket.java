package io.clusterspring.jgroups;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Hands only connections to the engine whose other end is a node of the cluster. The
 * engine has one thread to accept them and reads from each before it takes the next; here
 * each handshake has a thread, its time is limited as a whole, and of too many the oldest
 * is given up.
 */
final class NodeServerSocket extends ServerSocket {

	private static final int TICK = 250;

	private static final long RETRY_MILLIS = 100;

	private final ConnectionGuard guard;

	private final PendingConnections pending = new PendingConnections();

	private final BlockingQueue<Socket> admitted = new LinkedBlockingQueue<>();

	private final AtomicBoolean started = new AtomicBoolean();

	private final ExecutorService threads;

	NodeServerSocket(ConnectionGuard guard) throws IOException {
		this.guard = guard;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("cluster-accept-");
		factory.setDaemon(true);
		this.threads = Executors.newCachedThreadPool(factory);
	}

	@Override
	public Socket accept() throws IOException {
		if (this.started.compareAndSet(false, true)) {
			this.threads.execute(this::acceptAll);
		}
		try {
			Socket next = this.admitted.take();
			if (isClosed()) {
				throw new SocketException("Socket closed");
			}
			return next;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SocketException("Interrupted");
		}
	}

	private void acceptAll() {
		while (!isClosed()) {
			NodeSocket socket = new NodeSocket(this.guard);
			try {
				setSoTimeout((this.pending.isEmpty()) ? 0 : TICK);
				implAccept(socket);
				this.pending.add(socket, System.nanoTime());
				this.threads.execute(() -> admit(socket));
			}
			catch (SocketTimeoutException ex) {
				close(socket);
			}
			catch (Exception | OutOfMemoryError ex) {
				close(socket);
				pause();
			}
			this.pending.closeExpired(System.nanoTime());
		}
	}

	private void admit(NodeSocket socket) {
		if (this.guard.admits(socket) && this.pending.remove(socket)) {
			this.admitted.add(socket);
		}
		this.pending.remove(socket);
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
		this.pending.closeAll();
		this.threads.shutdown();
		for (Socket socket = this.admitted.poll(); socket != null; socket = this.admitted.poll()) {
			close(socket);
		}
		// wakes the engine's thread
		this.admitted.add(new Socket());
	}

	static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is closed then
		}
	}

}
