package io.clusterspring.channel.websocket;

import java.time.Duration;

import org.springframework.util.ClassUtils;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketSession;

/**
 * Moves Jetty's own idle timeout of a connection out of the way of ours: by default it is
 * 30 seconds, just the time between two heartbeats of phoenix.js.
 */
final class JettyIdleTimeout {

	private static final boolean PRESENT = ClassUtils.isPresent("org.eclipse.jetty.websocket.api.Session",
			JettyIdleTimeout.class.getClassLoader());

	private JettyIdleTimeout() {
	}

	static void set(WebSocketSession session, Duration timeout) {
		if (PRESENT) {
			Jetty.set(session, timeout);
		}
	}

	/**
	 * Loaded only if Jetty is there.
	 */
	private static final class Jetty {

		static void set(WebSocketSession session, Duration timeout) {
			if (session instanceof JettyWebSocketSession jetty) {
				jetty.getNativeSession().setIdleTimeout(timeout);
			}
		}

	}

}
