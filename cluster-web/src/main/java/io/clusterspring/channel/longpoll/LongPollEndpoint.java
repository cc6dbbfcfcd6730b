package io.clusterspring.channel.longpoll;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

import io.clusterspring.Cluster;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.http.AllowedOrigins;
import io.clusterspring.channel.http.ClientRequest;
import io.clusterspring.channel.http.MalformedQueryException;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.RefusedSocket;
import io.clusterspring.channel.socket.SocketAdmission;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.channel.socket.UnauthorizedSocket;
import io.clusterspring.http.AsyncRequests;
import io.clusterspring.http.DisconnectListener;
import io.clusterspring.http.RequestBodies;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.revocation.RequestArrivals;
import io.clusterspring.revocation.SocketOrigin;
import io.clusterspring.wire.ClusterWire;

/**
 * The long polling endpoint: Phoenix's {@code Phoenix.Transports.LongPoll}. A GET request
 * without a session opens one; with a session it waits for messages, without blocking a
 * thread. A POST request sends messages. A request may arrive at any node.
 *
 * <p>
 * Pages of other origins must be allowed; they use CORS. On shutdown the endpoint ends
 * the sessions of this node before the web server waits for its requests.
 */
public final class LongPollEndpoint
		implements HttpRequestHandler, CorsConfigurationSource, SmartLifecycle, FailureSource {

	private static final Duration TICK = Duration.ofMillis(200);

	private static final String TOKEN_HEADER = "x-phoenix-longpoll-token";

	private static final String AUTH_TOKEN_HEADER = "x-phoenix-authtoken";

	private final ChannelServer server;

	private final Cluster cluster;

	private final AllowedOrigins origins;

	private final LongPollSessions sessions;

	private final LongPollRelay relay;

	private final RequestBodies bodies;

	private final Set<LongPollToken> polled = ConcurrentHashMap.newKeySet();

	private final Ticker ticker;

	/**
	 * Create the endpoint of a node.
	 * @param wire forwards requests to the node that has the session
	 * @param settings the limits and timeouts
	 * @param allowedOrigins the origins whose pages may connect, in addition to the
	 * server's
	 * @param executor answers waiting requests; it runs no code of the application
	 */
	public LongPollEndpoint(ChannelServer server, Cluster cluster, ClusterWire wire, LongPollSettings settings,
			Collection<String> allowedOrigins, Executor executor) {
		this.server = server;
		this.cluster = cluster;
		this.origins = new AllowedOrigins(server, allowedOrigins);
		this.sessions = new LongPollSessions(settings, executor);
		this.relay = new LongPollRelay(cluster, wire, this.sessions, settings);
		this.bodies = new RequestBodies(new RequestBodies.Limits(settings.maxRequestSize(), settings.sessionTimeout(),
				"a long polling client", "cluster.channels.long-poll.session-timeout"));
		this.ticker = Ticker.withThread("cluster-long-poll", TICK, this.sessions::tick, this.relay::tick,
				this.bodies::tick);
	}

	@Override
	public CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		return this.origins.rules(request);
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		try {
			switch (request.getMethod()) {
				case "GET" -> poll(request, response);
				case "POST" -> send(request, response);
				case "OPTIONS" -> response.setHeader("Allow", "GET, POST, OPTIONS");
				default -> response.setStatus(HttpStatus.BAD_REQUEST.value());
			}
		}
		catch (MalformedQueryException ex) {
			response.setStatus(this.server.refuse(SocketRefusal.MALFORMED).status());
		}
	}

	private void poll(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ClientRequest client = new ClientRequest(request, "longpoll");
		// only this thread knows the authenticated user
		SocketRequest connect = client.toSocketRequest(request.getHeader(AUTH_TOKEN_HEADER));
		SocketOrigin origin = RequestArrivals.origin(request);
		LongPollToken token = token(client);
		if (token == null) {
			open(connect, origin).send(response);
			return;
		}
		CompletableFuture<PollAnswer> answer = this.relay.poll(token);
		if (answer.isDone() && answer.join().status() == PollAnswer.GONE) {
			open(connect, origin).send(response);
			return;
		}
		AsyncContext async = AsyncRequests.begin(request, response);
		async.addListener(new DisconnectListener(() -> this.relay.release(token)));
		this.polled.add(token);
		answer.thenAccept((known) -> {
			this.polled.remove(token);
			if (known.status() == PollAnswer.GONE) {
				// opening another session may block, and this thread must not
				async.start(() -> open(connect, origin).send(async));
			}
			else {
				LongPollResponse.of(known, token.after(known)).send(async);
			}
		});
	}

	private LongPollResponse open(SocketRequest request, SocketOrigin origin) {
		if (!this.ticker.isRunning()) {
			return status(PollAnswer.UNAVAILABLE);
		}
		SocketAdmission admission = this.server.connect(request, origin);
		if (admission instanceof AcceptedSocket accepted) {
			LongPollToken token = this.sessions.open(this.cluster.self(), accepted);
			return (token != null) ? LongPollResponse.of(PollAnswer.of(PollAnswer.GONE), token)
					: status(PollAnswer.UNAVAILABLE);
		}
		RefusedSocket refused = (RefusedSocket) admission;
		// phoenix.js understands no others
		LongPollResponse response = status(
				(refused.status() < PollAnswer.UNAVAILABLE) ? PollAnswer.FORBIDDEN : PollAnswer.UNAVAILABLE);
		return (refused instanceof UnauthorizedSocket) ? response.refusing(refused) : response;
	}

	private void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
		LongPollToken token = token(new ClientRequest(request, "longpoll"));
		AsyncContext async = AsyncRequests.begin(request, response);
		if (token == null || this.relay.isGone(token)) {
			this.bodies.skip(async, () -> status(PollAnswer.GONE).send(async));
			return;
		}
		boolean lines = PollBody.hasLines(request.getContentType());
		this.bodies.read(async,
				(bytes) -> this.relay.send(token, new PollBody(bytes, lines))
					.thenAccept((answer) -> status(answer.status()).send(async)),
				() -> AsyncRequests.end(async, HttpStatus.CONTENT_TOO_LARGE));
	}

	private static LongPollResponse status(int status) {
		return LongPollResponse.of(PollAnswer.of(status), null);
	}

	// phoenix.js sends it in a header since 1.8.17, and in the query before
	private static @Nullable LongPollToken token(ClientRequest request) {
		return LongPollToken.parse(request.headerOrParameter(TOKEN_HEADER, "token"));
	}

	/** Return the number of sessions of this node. */
	public int sessions() {
		return this.sessions.size();
	}

	/**
	 * Return the number of clients that were refused because of the maximum number of
	 * sessions.
	 * @return the number since the start
	 */
	public long refused() {
		return this.sessions.refused();
	}

	/** Return the number of requests of this node that wait for messages. */
	int waiting() {
		return this.polled.size();
	}

	@Override
	public Map<String, String> failures() {
		return this.ticker.failures();
	}

	@Override
	public void start() {
		this.ticker.start();
	}

	@Override
	public void stop() {
		this.ticker.stop();
		this.sessions.closeAll();
		this.polled.forEach(this.relay::release);
		this.bodies.refuseAll();
	}

	@Override
	public boolean isRunning() {
		return this.ticker.isRunning();
	}

}
