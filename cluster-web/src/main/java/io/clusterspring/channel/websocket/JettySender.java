package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketSession;

/**
 * Sends with Jetty's core session, which accepts encoded payloads and batches frames into
 * one write.
 */
record JettySender(CoreSession session) implements SocketSender {

	/**
	 * Create a sender. It also raises Jetty's own idle timeout, so that it does not act
	 * before ours: its default of 30 seconds is the interval of phoenix.js's heartbeats.
	 */
	static JettySender of(JettyWebSocketSession session, Duration idleTimeout) {
		session.getNativeSession().setIdleTimeout(idleTimeout);
		return new JettySender(((WebSocketSession) session.getNativeSession()).getCoreSession());
	}

	@Override
	public int send(ByteBuffer frames, Completion completion) {
		Callback callback = Callback.from(InvocationType.NON_BLOCKING, completion::sent, completion::failed);
		int start = frames.position();
		WireFrame frame = WireFrame.next(frames);
		if (frame.opcode() == WireFrame.CLOSE) {
			this.session.close(frame.closeCode(), frame.closeReason(), callback);
			return frames.position() - start;
		}
		// with some codes, a close overtakes frames that Jetty still holds
		while (frames.hasRemaining() && !WireFrame.isClose(frames)) {
			send(frame, Callback.NOOP, true);
			frame = WireFrame.next(frames);
		}
		send(frame, callback, false);
		return frames.position() - start;
	}

	private void send(WireFrame frame, Callback callback, boolean more) {
		this.session.sendFrame(new Frame((byte) frame.opcode(), frame.payload()), callback, more);
	}

	@Override
	public void abort() {
		this.session.abort();
	}

}
