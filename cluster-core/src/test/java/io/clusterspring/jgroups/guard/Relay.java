package io.clusterspring.jgroups.guard;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A process that listens where a node is looked for, and passes every connection on to
 * another node.
 */
class Relay implements Closeable {

	private final ServerSocket server;

	private final int port;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

	Relay(int listens, int port) throws IOException {
		this.server = new ServerSocket(listens, 50, InetAddress.getByName("127.0.0.1"));
		this.port = port;
		start(this::acceptAll);
	}

	String seen() {
		return this.seen.toString(StandardCharsets.ISO_8859_1);
	}

	private void acceptAll() throws IOException {
		while (true) {
			Socket caller = this.server.accept();
			Socket node = new Socket("127.0.0.1", this.port);
			this.sockets.addAll(List.of(caller, node));
			start(() -> join(caller, node));
		}
	}

	void join(Socket caller, Socket node) throws IOException {
		start(() -> pass(caller.getInputStream(), node.getOutputStream(), caller, node));
		pass(node.getInputStream(), caller.getOutputStream(), caller, node);
	}

	final void pass(InputStream from, OutputStream to, Socket... ends) throws IOException {
		byte[] bytes = new byte[8192];
		try {
			for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
				note(bytes, read);
				to.write(bytes, 0, read);
				to.flush();
			}
		}
		finally {
			for (Socket end : ends) {
				end.close();
			}
		}
	}

	private synchronized void note(byte[] bytes, int length) {
		this.seen.write(bytes, 0, length);
	}

	final void start(Action action) {
		Thread thread = new Thread(() -> {
			try {
				action.run();
			}
			catch (IOException ex) {
				// one of the ends has hung up
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	interface Action {

		void run() throws IOException;

	}

}
