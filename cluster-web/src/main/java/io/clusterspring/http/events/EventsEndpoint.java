package io.clusterspring.http.events;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

import io.clusterspring.channel.SocketAuthorizers.Identity;
import io.clusterspring.channel.http.AllowedOrigins;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.drain.Drainable;
import io.clusterspring.expiry.Deadline;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.http.AsyncRequests;
import io.clusterspring.http.DisconnectListener;
import io.clusterspring.http.HttpAnswer;
import io.clusterspring.http.HttpGate;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.revocation.RequestArrivals;
import io.clusterspring.revocation.RevocableSockets;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.revocation.SocketOrigin;
import io.clusterspring.text.LogText;

/**
 * Sends the broadcasts of topics to browsers as server-sent events. A connection holds no
 * thread. It stops after the drain and before the web server, which would wait for its
 * requests.
 */
public final class EventsEndpoint
		implements HttpRequestHandler, CorsConfigurationSource, SmartLifecycle, FailureSource {

	private static final Log logger = LogFactory.getLog(EventsEndpoint.class);

	private static final Duration TICK = Duration.ofMillis(200);

	private final EventsSettings settings;

	private final EventRequests requests;

	private final TopicStreams topics;

	private final AllowedOrigins origins;

	private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger places = new AtomicInteger();

	private final EventsStatistics statistics = new EventsStatistics(this.open);

	private final RevocableSockets<EventStream> revocable;

	private final HttpGate gate;

	private final Ticker ticker;

	private final CountedWarning full = new CountedWarning(logger);

	private final CountedWarning foreign = new CountedWarning(logger);

	/**
	 * Create the endpoint of a node.
	 * @param revocations closes the connections that lose their right
	 * @param executor delivers events; it runs no code of the application
	 * @param authorizers decide who may read, all of them; at least one
	 * @param expiries say until when a user is authenticated
	 */
	public EventsEndpoint(PubSub pubSub, Revocations revocations, Executor executor, EventsSettings settings,
			HttpGate gate, List<TopicEventsAuthorizer> authorizers, UserExpiries expiries) {
		Assert.notEmpty(authorizers, "Server-sent events need a TopicEventsAuthorizer");
		this.settings = settings;
		this.gate = gate;
		this.requests = new EventRequests(settings.path(), authorizers, expiries);
		this.topics = new TopicStreams(pubSub, executor, settings.retry().toMillis());
		this.origins = new AllowedOrigins(this::refuseOrigin, settings.allowedOrigins());
		this.revocable = revocations.sockets((stream) -> stream.close(EventsEnd.REVOKED));
		this.ticker = Ticker.withThread("cluster-http-events", TICK, this::tick);
	}

	private void refuseOrigin(String origin) {
		this.statistics.refuse(EventsRefusal.ORIGIN);
		this.foreign.add((count) -> "Refused a page of origin '" + LogText.of(origin)
				+ "' that wants events: it is neither the origin of the server nor in cluster.channels.allowed-origins, "
				+ count + " refused so far");
	}

	@Override
	public CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		return this.origins.rules(request);
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!isRunning() || !this.gate.isOpen()) {
			refuse(request, response, EventsRefusal.UNAVAILABLE, HttpAnswer.unavailable());
			return;
		}
		EventRequests.Decision decision = this.requests.decide(request);
		if (decision instanceof EventRequests.Refused refused) {
			refuse(request, response, refused.reason(), refused.answer());
		}
		else if (this.places.incrementAndGet() > this.settings.maxConnections()) {
			this.places.decrementAndGet();
			this.full.add(
					(count) -> "Refused a client that wants events, because there are " + this.settings.maxConnections()
							+ " connections (cluster.http.events.max-connections), " + count + " refused so far");
			refuse(request, response, EventsRefusal.FULL, EventRequests.full());
		}
		else {
			open(request, response, (EventRequests.Accepted) decision);
		}
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, EventsRefusal reason,
			HttpAnswer answer) {
		this.statistics.refuse(reason);
		answer.send(AsyncRequests.begin(request, response));
	}

	private void open(HttpServletRequest request, HttpServletResponse response, EventRequests.Accepted accepted)
			throws IOException {
		String topic = accepted.topic();
		Identity identity = accepted.identity();
		SocketOrigin origin;
		EventStream stream;
		try {
			origin = RequestArrivals.origin(request);
			stream = stream(request, response, topic, identity);
		}
		catch (IOException | RuntimeException | Error ex) {
			// nothing else would give the place back
			this.places.decrementAndGet();
			throw ex;
		}
		this.statistics.accept();
		stream.begin();
		this.revocable.add(stream, keys(identity), origin);
		this.topics.join(topic, stream, accepted.lastId());
		if (!stream.isOpen()) {
			this.revocable.remove(stream);
			this.topics.leave(topic, stream);
		}
	}

	private EventStream stream(HttpServletRequest request, HttpServletResponse response, String topic,
			Identity identity) throws IOException {
		response.setContentType("text/event-stream;charset=UTF-8");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		// proxies such as nginx would collect events otherwise
		response.setHeader("X-Accel-Buffering", "no");
		Deadline until = (identity.until() != null) ? Deadline.at(identity.until(), System.nanoTime()) : null;
		AsyncContext async = AsyncRequests.begin(request, response);
		EventStream stream = new EventStream(async, this.settings.bufferCapacity(), until,
				(ended) -> ended(topic, ended));
		async.addListener(new DisconnectListener(stream::disconnected));
		this.open.add(stream);
		return stream;
	}

	private static List<RevocationKey> keys(Identity identity) {
		RevocationKey id = (identity.id() != null) ? RevocationKey.socketId(identity.id()) : null;
		RevocationKey user = (identity.name() != null) ? RevocationKey.socketUser(identity.name()) : null;
		return Stream.of(id, user).filter(Objects::nonNull).toList();
	}

	private void ended(String topic, EventStream stream) {
		this.revocable.remove(stream);
		this.topics.leave(topic, stream);
		if (this.open.remove(stream)) {
			this.places.decrementAndGet();
			EventsEnd reason = stream.end();
			this.statistics.end((reason != null) ? reason : EventsEnd.GONE);
		}
	}

	private void tick() {
		long heartbeat = this.settings.heartbeat().toNanos();
		long timeout = this.settings.writeTimeout().toNanos();
		for (EventStream stream : this.open) {
			stream.tick(heartbeat, timeout, System.nanoTime());
		}
	}

	/**
	 * Return the connections of this node, to be closed before it stops.
	 * @return the connections
	 */
	public Drainable drainable() {
		return new EventsDrainable(this.open, this.settings.retry().toMillis());
	}

	/**
	 * Return the statistics of this node.
	 * @return the statistics, current whenever they are read
	 */
	public EventsStatistics statistics() {
		return this.statistics;
	}

	int topics() {
		return this.topics.size();
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
		this.open.forEach(EventStream::complete);
	}

	@Override
	public boolean isRunning() {
		return this.ticker.isRunning();
	}

	@Override
	public int getPhase() {
		return ConnectionDrain.PHASE - 1;
	}

}
