package io.clusterspring.channel.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Moves bytes between a connection of Tomcat's and a caller's buffer.
 */
sealed interface TomcatTransfer {

	/**
	 * Return the shortest way: past Tomcat's buffers where the bytes are not encrypted.
	 * @param wrapper the connection
	 * @return the way
	 */
	static TomcatTransfer of(SocketWrapperBase<?> wrapper) {
		return (wrapper.getSocket() instanceof NioChannel channel && !(channel instanceof SecureNioChannel))
				? new Direct(wrapper, channel.getIOChannel()) : new Buffered(wrapper);
	}

	/**
	 * Read what is there, as far as it fits.
	 * @param buffer an empty buffer
	 * @return whether there may be more; if not, Tomcat will call when there is
	 * @throws IOException if the client has gone
	 */
	boolean read(ByteBuffer buffer) throws IOException;

	/**
	 * Write as far as the socket goes along.
	 * @param bytes the bytes
	 * @return whether nothing is left, here or in Tomcat's buffer
	 * @throws IOException if the connection is broken
	 */
	boolean write(ByteBuffer bytes) throws IOException;

	private static int received(int count) throws IOException {
		if (count < 0) {
			throw new EOFException("Client has gone");
		}
		return count;
	}

	/**
	 * Through Tomcat's buffers.
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

	/**
	 * Straight to and from the socket, in one system call each.
	 */
	final class Direct implements TomcatTransfer {

		private final SocketWrapperBase<?> wrapper;

		// not Tomcat's channel, which a later connection may get
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
			// Tomcat may have read more than the handshake
			int count = received(this.wrapper.read(false, buffer));
			this.handshakeDone = this.wrapper.getSocketBufferHandler().isReadBufferEmpty();
			return count > 0;
		}

		@Override
		public boolean write(ByteBuffer bytes) throws IOException {
			// the interrupt is meant for the handler, the socket would be closed by it
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
