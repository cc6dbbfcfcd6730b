package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

import jakarta.servlet.http.WebConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.channel.websocket.ChannelEndpoint.SocketLimits;

/**
 * A connection on Tomcat's own upgrade API. Tomcat calls it when data can be read or
 * written; between these calls it uses no thread and no buffer.
 */
@SuppressWarnings("NullAway.Init")
public final class TomcatSocket implements InternalHttpUpgradeHandler, WebSocketReader.Handler, SocketOutbox.Channel {

	private static final Log logger = LogFactory.getLog(TomcatSocket.class);

	private final String id = UUID.randomUUID().toString();

	private ReadBuffers buffers;

	private SocketOutbox outbox;

	private SocketLifecycle lifecycle;

	private WebSocketReader reader;

	private AcceptedSocket accepted;

	private SocketWrapperBase<?> wrapper;

	private TomcatTransfer transfer;

	/** Created by Tomcat. */
	public TomcatSocket() {
	}

	void open(AcceptedSocket accepted, SocketLimits limits, ReadBuffers buffers, SocketCount count) {
		this.buffers = buffers;
		this.outbox = new SocketOutbox(this, limits.outboxCapacity());
		this.lifecycle = new SocketLifecycle(this.id, limits, this.outbox, count, () -> this.wrapper.close());
		this.reader = new WebSocketReader(this, limits.maxMessageSize());
		this.accepted = accepted;
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
		this.wrapper = wrapper;
		this.transfer = TomcatTransfer.of(wrapper);
		wrapper.setReadTimeout(-1);
		wrapper.setWriteTimeout(-1);
	}

	@Override
	public void init(WebConnection connection) {
		this.lifecycle.open(() -> this.accepted.open(this.lifecycle));
	}

	@Override
	public SocketState upgradeDispatch(SocketEvent event) {
		switch (event) {
			case OPEN_READ -> read();
			case OPEN_WRITE -> this.outbox.writable();
			default -> this.lifecycle.ended();
		}
		return this.lifecycle.isGone() ? SocketState.CLOSED : SocketState.UPGRADED;
	}

	private void read() {
		this.lifecycle.heard();
		ByteBuffer buffer = this.buffers.take();
		try {
			boolean more = true;
			while (more && !this.lifecycle.isGone()) {
				more = this.transfer.read(buffer.clear());
				this.reader.read(buffer.flip());
			}
		}
		catch (WebSocketException ex) {
			logger.debug("Closing socket " + this.id + ": " + ex.getMessage());
			if (ex.closeCode() == CloseCodes.TOO_BIG) {
				this.lifecycle.limitReached(ChannelLimit.MAX_MESSAGE_SIZE);
			}
			this.lifecycle.close(ex.closeCode());
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
		}
		finally {
			this.buffers.giveBack(buffer);
		}
	}

	@Override
	public void text(ByteBuffer text) {
		SocketSession present = this.lifecycle.openSession();
		if (present != null) {
			present.received(text);
		}
	}

	@Override
	public void binary(ByteBuffer bytes) {
		SocketSession present = this.lifecycle.openSession();
		if (present != null) {
			present.receivedBinary(bytes);
		}
	}

	@Override
	public void ping(byte[] payload) {
		this.lifecycle.send(WireFrame.pong(payload));
	}

	@Override
	public void close() {
		this.lifecycle.closedByClient();
	}

	@Override
	public boolean write(ByteBuffer bytes) throws IOException {
		return this.transfer.write(bytes);
	}

	@Override
	public void awaitWritable() {
		this.wrapper.registerWriteInterest();
	}

	@Override
	public void failed(Exception failure) {
		this.lifecycle.failed(failure);
	}

	/** Called by Tomcat for each connection about every second. */
	@Override
	public void timeoutAsync(long millis) {
		this.lifecycle.watch(System.nanoTime());
	}

	@Override
	public void destroy() {
		this.lifecycle.ended();
	}

	@Override
	public void setSslSupport(SSLSupport sslSupport) {
	}

	@Override
	public void pause() {
	}

}
