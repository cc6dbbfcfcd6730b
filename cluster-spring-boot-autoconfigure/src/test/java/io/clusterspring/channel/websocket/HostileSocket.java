package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

import io.clusterspring.channel.HostileClient;

/**
 * A hostile client on a WebSocket.
 */
class HostileSocket implements HostileClient {

	private final RawClient client;

	HostileSocket(Socket socket, int port, String vsn) throws IOException {
		this.client = new RawClient(socket, port, "/socket/websocket?vsn=" + vsn, 0);
	}

	@Override
	public void text(byte[] bytes) throws IOException {
		frame(0x81, bytes);
	}

	@Override
	public void binary(byte[] bytes) throws IOException {
		frame(0x82, bytes);
	}

	private void frame(int first, byte[] bytes) throws IOException {
		try {
			this.client.frame(first, bytes);
		}
		catch (SocketException ex) {
			// the server has closed the connection
		}
	}

	@Override
	public String next() throws IOException {
		return this.client.next();
	}

	@Override
	public int end() throws IOException {
		return this.client.closeCode();
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

}
