package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.text.Utf8;

/**
 * Sends with Jakarta WebSocket. Its close methods may block, so they run on separate
 * threads. The web server fails a send that its client does not accept in time.
 */
record StandardSender(StandardWebSocketSession session, RemoteEndpoint.Async remote,
		Executor closers) implements SocketSender {

	private static final Log logger = LogFactory.getLog(StandardSender.class);

	static StandardSender of(StandardWebSocketSession session, Duration timeout, Executor closers) {
		RemoteEndpoint.Async remote = session.getNativeSession().getAsyncRemote();
		// longer than our own timeout, which is counted
		remote.setSendTimeout(timeout.multipliedBy(2).toMillis());
		return new StandardSender(session, remote, closers);
	}

	@Override
	public int send(ByteBuffer frames, Completion completion) {
		int start = frames.position();
		WireFrame frame = WireFrame.next(frames);
		SendHandler handler = (result) -> {
			if (result.isOK()) {
				completion.sent();
			}
			else {
				completion.failed(result.getException());
			}
		};
		switch (frame.opcode()) {
			case WireFrame.CLOSE -> this.closers.execute(() -> close(frame, completion));
			case WireFrame.TEXT -> this.remote.sendText(Utf8.decode(frame.payload()), handler);
			default -> this.remote.sendBinary(frame.payload(), handler);
		}
		return frames.position() - start;
	}

	private void close(WireFrame frame, Completion completion) {
		close(new CloseStatus(frame.closeCode(), frame.closeReason()));
		completion.sent();
	}

	private void close(CloseStatus status) {
		try {
			this.session.close(status);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Socket " + this.session.getId() + " did not close", ex);
		}
	}

	@Override
	public void abort() {
		this.closers.execute(() -> close(new CloseStatus(SocketConnection.POLICY_VIOLATION)));
	}

}
