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
 * Sends by Jetty's core, which takes frames as they are and any number of them for one
 * write.
 *
 * @param session the session of Jetty
 */
record JettySender(CoreSession session) implements SocketSender {

	/**
	 * Create a sender. Moves Jetty's own idle timeout out of the way of ours: by default
	 * it is 30 seconds, just the time between two heartbeats of phoenix.js.
	 * @param session the session
	 * @param idleTimeout the idle timeout of Jetty
	 * @return the sender
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
			this.session.close(frame.closeCode(), null, callback);
			return frames.position() - start;
		}
		// with some codes a close overtakes what Jetty still holds
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
