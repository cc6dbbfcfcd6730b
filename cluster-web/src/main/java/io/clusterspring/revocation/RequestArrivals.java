package io.clusterspring.revocation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Notes when a request arrives, before any filter has looked at it: a user that a filter
 * has authenticated may be revoked before the socket is opened.
 */
public final class RequestArrivals implements ServletRequestListener {

	private static final String ATTRIBUTE = RequestArrivals.class.getName();

	private final boolean sessions;

	/**
	 * Create a listener.
	 * @param sessions whether sockets belong to HTTP sessions
	 */
	public RequestArrivals(boolean sessions) {
		this.sessions = sessions;
	}

	@Override
	public void requestInitialized(ServletRequestEvent event) {
		event.getServletRequest().setAttribute(ATTRIBUTE, new Arrival(System.nanoTime(), this.sessions));
	}

	/**
	 * Return the origin of a socket. No session is created.
	 * @param request the request of the client, on the thread that handles it
	 * @return when the request has arrived, or else now, and its HTTP session
	 */
	public static SocketOrigin origin(HttpServletRequest request) {
		Arrival arrival = (request.getAttribute(ATTRIBUTE) instanceof Arrival known) ? known
				: new Arrival(System.nanoTime(), true);
		SocketOrigin origin = SocketOrigin.at(arrival.at);
		if (!arrival.sessions) {
			return origin;
		}
		HttpSession session = request.getSession(false);
		if (session != null) {
			return origin.in(session.getId(), left(session));
		}
		String requested = request.getRequestedSessionId();
		return (requested != null) ? origin.after(requested) : origin;
	}

	private static @Nullable Duration left(HttpSession session) {
		int seconds = session.getMaxInactiveInterval();
		// the session counts as used now, whatever it tells of the last time
		return (seconds > 0) ? Duration.ofNanos(TimeUnit.SECONDS.toNanos(seconds)) : null;
	}

	/**
	 * The arrival of a request.
	 *
	 * @param at when the request has arrived
	 * @param sessions whether its socket belongs to its HTTP session
	 */
	private record Arrival(long at, boolean sessions) {
	}

}
