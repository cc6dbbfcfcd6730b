package io.clusterspring.channel.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A WebSocket client on a plain socket, which can also send invalid frames.
 */
public class RawClient implements AutoCloseable {

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();

	private int opcode;

	final String response;

	/** The reason of the close frame, once it was read. */
	String closeReason = "";

	/**
	 * Connect to a port of this machine.
	 * @param path the path, with its query
	 * @param receiveBuffer the size of the socket's buffer, 0 for the default
	 * @param headers header lines to add
	 */
	public RawClient(int port, String path, int receiveBuffer, String... headers) throws IOException {
		this(new Socket(), port, path, receiveBuffer, headers);
	}

	/**
	 * Connect with a socket, which may be a TLS socket.
	 */
	RawClient(Socket socket, int port, String path, int receiveBuffer, String... headers) throws IOException {
		this.socket = socket;
		if (receiveBuffer > 0) {
			this.socket.setReceiveBufferSize(receiveBuffer);
		}
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.socket.setSoTimeout(60_000);
		this.in = new DataInputStream(this.socket.getInputStream());
		this.out = this.socket.getOutputStream();
		String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
				+ "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "Sec-WebSocket-Version: 13\r\n" + String.join("", headers) + "\r\n";
		this.out.write(request.getBytes(StandardCharsets.US_ASCII));
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			head.append((char) this.in.readUnsignedByte());
		}
		this.response = head.toString();
	}

	/**
	 * Send a text message.
	 */
	public void text(String text) throws IOException {
		frame(0x81, text.getBytes(StandardCharsets.UTF_8));
	}

	void frame(int first, byte[] payload) throws IOException {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
		if (payload.length < 126) {
			frame.put((byte) (0x80 | payload.length));
		}
		else if (payload.length < 0x10000) {
			frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (0x80 | 127)).putLong(payload.length);
		}
		frame.putInt(0x01020304);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ (1 + (i & 3))));
		}
		send(frame.array(), frame.position());
	}

	void send(byte[] bytes, int length) throws IOException {
		this.out.write(bytes, 0, length);
		this.out.flush();
	}

	/**
	 * Read a message and return a text form: the payload of a text message,
	 * {@code binary ...} with the bytes in hexadecimal form, {@code close 1000} or
	 * {@code pong ...}.
	 */
	public String next() throws IOException {
		while (true) {
			int first = this.in.readUnsignedByte();
			int opcode = first & 0x0F;
			if (opcode >= 8) {
				// may come between the fragments of a message
				return control(opcode, payload());
			}
			this.opcode = (opcode != 0) ? opcode : this.opcode;
			this.fragments.writeBytes(payload());
			if ((first & 0x80) != 0) {
				return message();
			}
		}
	}

	private String message() {
		byte[] payload = this.fragments.toByteArray();
		this.fragments.reset();
		return switch (this.opcode) {
			case 1 -> new String(payload, StandardCharsets.UTF_8);
			case 2 -> "binary " + HexFormat.of().formatHex(payload);
			default -> "frame " + this.opcode;
		};
	}

	private String control(int opcode, byte[] payload) {
		return switch (opcode) {
			case 8 -> close(payload);
			case 10 -> "pong " + new String(payload, StandardCharsets.UTF_8);
			default -> "frame " + opcode;
		};
	}

	private String close(byte[] payload) {
		this.closeReason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
		return "close " + ByteBuffer.wrap(payload).getShort();
	}

	private byte[] payload() throws IOException {
		int length = this.in.readUnsignedByte();
		length = (length == 126) ? this.in.readUnsignedShort() : (length == 127) ? (int) this.in.readLong() : length;
		byte[] payload = new byte[length];
		this.in.readFully(payload);
		return payload;
	}

	/**
	 * Read up to a close frame and return its code, or 1006 at the end of the stream.
	 */
	int closeCode() throws IOException {
		try {
			while (true) {
				String next = next();
				if (next.startsWith("close ")) {
					return Integer.parseInt(next.substring(6));
				}
			}
		}
		catch (EOFException | SocketException ex) {
			return 1006;
		}
	}

	/**
	 * Close the output, like a client that disconnects.
	 */
	void endOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	boolean isAtEnd() throws IOException {
		return this.in.read() < 0;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
