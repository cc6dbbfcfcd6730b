package io.clusterspring.jgroups.flow;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;

import org.jgroups.JChannel;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;

/**
 * A process that has passed the handshake with a node, and says what it likes.
 */
final class HostileNode implements AutoCloseable {

	private static final byte[] COOKIE = { 'b', 'e', 'l', 'a' };

	private final Socket socket;

	private final DataOutputStream out;

	/**
	 * Connect with a node.
	 * @param helper a node of the cluster, whose secrets are used
	 * @param port the port of the node
	 * @param own where to claim to listen
	 * @throws Exception if the node does not take the connection
	 */
	HostileNode(JChannel helper, int port, int own) throws Exception {
		this.socket = helper.getProtocolStack().getTransport().getSocketFactory().createSocket("hostile");
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
		this.out = new DataOutputStream(this.socket.getOutputStream());
		IpAddress claimed = new IpAddress(InetAddress.getLoopbackAddress(), own);
		this.out.write(COOKIE);
		this.out.writeShort(Version.version);
		this.out.writeShort(claimed.serializedSize());
		claimed.writeTo(this.out);
		this.out.flush();
	}

	void say(byte[] frame) throws IOException {
		say(frame.length, frame);
	}

	void say(int length, byte[] frame) throws IOException {
		byte[] whole = Arrays.copyOf(
				new byte[] { (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length },
				Integer.BYTES + frame.length);
		System.arraycopy(frame, 0, whole, Integer.BYTES, frame.length);
		this.out.write(whole);
		this.out.flush();
	}

	boolean isHungUp() throws IOException {
		this.socket.setSoTimeout(10_000);
		try {
			return this.socket.getInputStream().readAllBytes() != null;
		}
		catch (SocketException ex) {
			return true;
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
