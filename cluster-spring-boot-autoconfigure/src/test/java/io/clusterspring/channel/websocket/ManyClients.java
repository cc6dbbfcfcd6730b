package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;

/**
 * Many clients of one topic on one thread. They count broadcasts with a payload that
 * starts with <code>{"n":</code> and an increasing number.
 */
final class ManyClients implements AutoCloseable {

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Thread thread = new Thread(this::run, "many-clients");

	private final int port;

	private final String topic;

	private volatile boolean closed;

	/** All clients, in the order in which they connected. */
	final List<Client> clients = new ArrayList<>();

	ManyClients(int port, String topic) throws IOException {
		this.port = port;
		this.topic = topic;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Connect a client that joins the topic.
	 */
	Client add(int receiveBuffer) throws IOException {
		SocketChannel socket = SocketChannel.open();
		if (receiveBuffer > 0) {
			socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
		}
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		Client client = new Client(socket);
		String request = "GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
				+ "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
		socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
		socket.write(ByteBuffer.wrap(ClientFrames.text("[\"1\",\"1\",\"" + this.topic + "\",\"phx_join\",{}]")));
		socket.configureBlocking(false);
		this.clients.add(client);
		submit(() -> client.key = socket.register(this.selector, SelectionKey.OP_READ, client));
		return client;
	}

	/**
	 * Stop or continue reading.
	 */
	void setReading(Client client, boolean reading) {
		submit(() -> client.key.interestOps(reading ? SelectionKey.OP_READ : 0));
	}

	/**
	 * Send a heartbeat from all clients.
	 */
	void beat() {
		byte[] heartbeat = ClientFrames.text("[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
		for (Client client : this.clients) {
			try {
				client.socket.write(ByteBuffer.wrap(heartbeat));
			}
			catch (IOException ex) {
				// closed; the reader handles this
			}
		}
	}

	/**
	 * Return the minimum of all clients.
	 */
	int least(ToIntFunction<Client> value) {
		int least = Integer.MAX_VALUE;
		for (Client client : this.clients) {
			least = Math.min(least, value.applyAsInt(client));
		}
		return least;
	}

	private void submit(Task task) {
		this.tasks.add(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		this.selector.wakeup();
	}

	private void run() {
		try {
			while (!this.closed) {
				this.selector.select();
				for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
					task.run();
				}
				this.selector.selectedKeys().forEach(this::read);
				this.selector.selectedKeys().clear();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void read(SelectionKey key) {
		Client client = (Client) key.attachment();
		try {
			int count = client.socket.read(this.buffer.clear());
			if (count < 0) {
				throw new IOException("end");
			}
			client.took(this.buffer.flip());
		}
		catch (IOException ex) {
			key.cancel();
			client.ended();
		}
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.selector.wakeup();
		for (Client client : this.clients) {
			client.socket.close();
		}
		this.selector.close();
	}

	/**
	 * One client. Its fields may be read by any thread.
	 */
	static final class Client {

		private final SocketChannel socket;

		private final byte[] head = new byte[96];

		private int headLength;

		private long left = -1;

		private boolean upgraded;

		private SelectionKey key;

		volatile boolean joined;

		/** The number of broadcasts that were received in order, without a gap. */
		volatile int received;

		volatile String trouble = "";

		/** The close code, 1006 without one, 0 while open. */
		volatile int closeCode;

		volatile long closedAt;

		private Client(SocketChannel socket) {
			this.socket = socket;
		}

		private void took(ByteBuffer bytes) {
			while (bytes.hasRemaining()) {
				if (!this.upgraded) {
					response(bytes.get());
				}
				else if (this.left < 0) {
					header(bytes.get());
				}
				else {
					payload(bytes);
				}
			}
		}

		private void response(byte next) {
			this.head[this.headLength++ % 4] = next;
			int end = this.headLength;
			this.upgraded = end >= 4 && this.head[end % 4] == '\r' && this.head[(end + 1) % 4] == '\n'
					&& this.head[(end + 2) % 4] == '\r' && this.head[(end + 3) % 4] == '\n';
			this.headLength = this.upgraded ? 0 : this.headLength;
		}

		private void header(byte next) {
			this.head[this.headLength++] = next;
			int length = (this.headLength > 1) ? this.head[1] & 0x7F : 0;
			int size = 2 + ((length == 126) ? 2 : (length == 127) ? 8 : 0);
			if (this.headLength >= size && this.headLength > 1) {
				ByteBuffer extended = ByteBuffer.wrap(this.head, 2, 8);
				this.left = (length == 126) ? extended.getShort() & 0xFFFF
						: (length == 127) ? extended.getLong() : length;
				this.headLength = 1;
				if (this.left == 0) {
					frame();
				}
			}
		}

		private void payload(ByteBuffer bytes) {
			int count = (int) Math.min(this.left, bytes.remaining());
			int kept = Math.min(count, this.head.length - this.headLength);
			bytes.get(this.head, this.headLength, kept);
			this.headLength += kept;
			bytes.position(bytes.position() + count - kept);
			this.left -= count;
			if (this.left == 0) {
				frame();
			}
		}

		private void frame() {
			String text = new String(this.head, 1, this.headLength - 1, StandardCharsets.UTF_8);
			if ((this.head[0] & 0x0F) == 8) {
				this.closeCode = ByteBuffer.wrap(this.head, 1, 2).getShort();
				this.closedAt = System.nanoTime();
			}
			else if ((this.head[0] & 0x0F) == 0) {
				// the last fragment of a message; its first one was counted
				this.headLength = 0;
			}
			else if (text.contains("\"phx_reply\"")) {
				this.joined = true;
			}
			else if (text.contains("{\"n\":" + this.received + ",")) {
				this.received++;
			}
			else {
				this.trouble = "expected " + this.received + " but was " + text;
			}
			this.headLength = 0;
			this.left = -1;
		}

		private void ended() {
			if (this.closeCode == 0) {
				this.closeCode = 1006;
				this.closedAt = System.nanoTime();
			}
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				this.trouble = ex.toString();
			}
		}

	}

	private interface Task {

		void run() throws IOException;

	}

}
