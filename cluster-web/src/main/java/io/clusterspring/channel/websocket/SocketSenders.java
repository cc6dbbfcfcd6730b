package io.clusterspring.channel.websocket;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.util.ClassUtils;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

import io.clusterspring.channel.websocket.ChannelEndpoint.SocketLimits;
import io.clusterspring.mailbox.DaemonThreads;

/**
 * Creates the {@link SocketSender} for a session of spring-websocket: of Jetty, or of a
 * Jakarta WebSocket server.
 */
final class SocketSenders implements AutoCloseable {

	private static final boolean JETTY = ClassUtils.isPresent("org.eclipse.jetty.websocket.common.WebSocketSession",
			SocketSenders.class.getClassLoader());

	private static final int CLOSERS = 8;

	private final SocketLimits limits;

	// closing may block until a client answers, so no other thread waits for these; each
	// connection has at most two queued closes
	private final ThreadPoolExecutor closers = new ThreadPoolExecutor(CLOSERS, CLOSERS, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), new DaemonThreads("cluster-close"), new ThreadPoolExecutor.DiscardPolicy());

	SocketSenders(SocketLimits limits) {
		this.limits = limits;
		this.closers.allowCoreThreadTimeOut(true);
	}

	SocketSender of(WebSocketSession session) {
		if (JETTY && Jetty.made(session)) {
			return Jetty.sender(session, this.limits);
		}
		if (session instanceof StandardWebSocketSession standard) {
			return StandardSender.of(standard, this.limits.outboxTimeout(), this.closers);
		}
		throw new IllegalStateException(
				"WebSocket sessions of type " + session.getClass().getName() + " are not supported");
	}

	@Override
	public void close() {
		this.closers.shutdownNow();
	}

	/** Loaded only if Jetty is on the class path. */
	private static final class Jetty {

		static boolean made(WebSocketSession session) {
			return session instanceof JettyWebSocketSession;
		}

		static SocketSender sender(WebSocketSession session, SocketLimits limits) {
			return JettySender.of((JettyWebSocketSession) session, limits.idleTimeout().multipliedBy(2));
		}

	}

}
