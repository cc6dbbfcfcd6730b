package io.clusterspring.jgroups.discovery;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows the IPv4 addresses of one name (RFC 1035), over UDP.
 */
final class SmallDnsServer implements AutoCloseable {

	private static final int NO_SUCH_NAME = 3;

	private final String name;

	private final DatagramSocket socket;

	final Set<InetAddress> addresses = new CopyOnWriteArraySet<>();

	final AtomicInteger questions = new AtomicInteger();

	SmallDnsServer(String name) throws SocketException {
		this.name = name;
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "dns");
		thread.setDaemon(true);
		thread.start();
	}

	String address() {
		return "127.0.0.1:" + this.socket.getLocalPort();
	}

	private void serve() {
		byte[] buffer = new byte[512];
		try {
			while (!this.socket.isClosed()) {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				this.socket.receive(packet);
				this.questions.incrementAndGet();
				byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
				this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private byte[] answer(ByteBuffer question) {
		short id = question.getShort(0);
		question.position(12);
		StringBuilder asked = new StringBuilder();
		for (int length = question.get(); length > 0; length = question.get()) {
			byte[] label = new byte[length];
			question.get(label);
			asked.append(asked.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
		}
		boolean typeA = question.getShort() == 1;
		question.getShort();
		boolean known = asked.toString().equals(this.name) && !this.addresses.isEmpty();
		InetAddress[] found = (known && typeA) ? this.addresses.toArray(InetAddress[]::new) : new InetAddress[0];
		ByteBuffer answer = ByteBuffer.allocate(512);
		answer.putShort(id).putShort((short) (0x8580 | (known ? 0 : NO_SUCH_NAME)));
		answer.putShort((short) 1).putShort((short) found.length).putInt(0);
		answer.put(question.array(), 12, question.position() - 12);
		for (InetAddress address : found) {
			answer.putShort((short) 0xC00C).putShort((short) 1).putShort((short) 1).putInt(5);
			answer.putShort((short) 4).put(address.getAddress());
		}
		byte[] bytes = new byte[answer.position()];
		answer.flip().get(bytes);
		return bytes;
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
