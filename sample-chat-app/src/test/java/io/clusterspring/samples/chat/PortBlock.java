package io.clusterspring.samples.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reserves ports of the loopback address for one test. They are below the ports of
 * outgoing connections, so that a restarted node finds its port free. A block is held by
 * listening on its last port, which other test runs check.
 */
final class PortBlock implements AutoCloseable {

	/** Of the channel, then 100 above those of the failure detection. */
	static final int CLUSTER_PORTS = 10;

	private static final int SIZE = 200;

	private static final int LOWEST = 10_000;

	private static final int BLOCKS = 80;

	private static final int HTTP = 150;

	private final int first;

	private final ServerSocket holder;

	private int handedOut;

	private PortBlock(int first, ServerSocket holder) {
		this.first = first;
		this.holder = holder;
	}

	static PortBlock reserve() {
		int start = ThreadLocalRandom.current().nextInt(BLOCKS);
		for (int i = 0; i < BLOCKS; i++) {
			int first = LOWEST + (start + i) % BLOCKS * SIZE;
			try {
				ServerSocket holder = listen(first + SIZE - 1);
				if (areFree(first, 2 * CLUSTER_PORTS) && areFree(first + 100, 2 * CLUSTER_PORTS)) {
					return new PortBlock(first, holder);
				}
				holder.close();
			}
			catch (IOException ex) {
				// taken: try the next block
			}
		}
		throw new IllegalStateException("No block of free ports from " + LOWEST + " on");
	}

	int cluster() {
		return this.first;
	}

	synchronized int nextHttp() {
		for (int port = this.first + HTTP + this.handedOut++; port < this.first + SIZE - 1; port++) {
			if (areFree(port, 1)) {
				return port;
			}
			this.handedOut++;
		}
		throw new IllegalStateException("All ports are handed out");
	}

	private static boolean areFree(int first, int count) {
		for (int port = first; port < first + count; port++) {
			try (ServerSocket socket = listen(port)) {
				socket.getLocalPort();
			}
			catch (IOException ex) {
				return false;
			}
		}
		return true;
	}

	private static ServerSocket listen(int port) throws IOException {
		return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
	}

	@Override
	public void close() throws IOException {
		this.holder.close();
	}

}
