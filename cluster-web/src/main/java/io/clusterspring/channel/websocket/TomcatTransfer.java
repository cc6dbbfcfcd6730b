package io.clusterspring.channel.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Reads and writes the bytes of a connection of Tomcat.
 */
sealed interface TomcatTransfer {

	/**
	 * Create the fastest transfer for a connection: without Tomcat's buffers if it is not
	 * encrypted.
	 */
	static TomcatTransfer of(SocketWrapperBase<?> wrapper) {
		return (wrapper.getSocket() instanceof NioChannel channel && !(channel instanceof SecureNioChannel))
				? new Direct(wrapper, channel.getIOChannel()) : new Buffered(wrapper);
	}

	/**
	 * Read the available bytes.
	 * @param buffer an empty buffer
	 * @return whether more bytes may be available; if not, Tomcat calls when there are
	 * @throws IOException if the client has disconnected
	 */
	boolean read(ByteBuffer buffer) throws IOException;

	/**
	 * Write as many bytes as the socket accepts.
	 * @return whether all bytes were written, and none are in Tomcat's buffer
	 * @throws IOException if the connection is broken
	 */
	boolean write(ByteBuffer bytes) throws IOException;

	private static int received(int count) throws IOException {
		if (count < 0) {
			throw new EOFException("The client has disconnected");
		}
		return count;
	}

	/**
	 * Uses Tomcat's buffers.
	 *
	 * @param wrapper the connection
	 */
	record Buffered(SocketWrapperBase<?> wrapper) implements TomcatTransfer {

		@Override
		public boolean read(ByteBuffer buffer) throws IOException {
			return received(this.wrapper.read(false, buffer)) > 0;
		}

		@Override
		public boolean write(ByteBuffer bytes) throws IOException {
			this.wrapper.write(false, bytes);
			return !this.wrapper.flush(false);
		}

	}

	/** Uses the socket directly, with one system call for each read or write. */
	final class Direct implements TomcatTransfer {

		private final SocketWrapperBase<?> wrapper;

		// this is not Tomcat's channel, because Tomcat reuses that for later connections
		private final SocketChannel socket;

		private boolean handshakeDone;

		private Direct(SocketWrapperBase<?> wrapper, SocketChannel socket) {
			this.wrapper = wrapper;
			this.socket = socket;
		}

		@Override
		public boolean read(ByteBuffer buffer) throws IOException {
			if (this.handshakeDone) {
				received(this.socket.read(buffer));
				return !buffer.hasRemaining();
			}
			// Tomcat may have read bytes after the handshake
			int count = received(this.wrapper.read(false, buffer));
			this.handshakeDone = this.wrapper.getSocketBufferHandler().isReadBufferEmpty();
			return count > 0;
		}

		@Override
		public boolean write(ByteBuffer bytes) throws IOException {
			// an interrupt is meant for the handler, but it would close the socket
			boolean interrupted = Thread.interrupted();
			try {
				this.socket.write(bytes);
				return !bytes.hasRemaining();
			}
			finally {
				if (interrupted) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

}
