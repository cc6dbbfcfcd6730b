package io.clusterspring.http.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.Assert;
import org.springframework.web.HttpRequestHandler;

import io.clusterspring.Cluster;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.channel.SocketAuthorizers;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.http.ClientRequest;
import io.clusterspring.channel.http.MalformedQueryException;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.http.AsyncRequests;
import io.clusterspring.http.HttpAnswer;
import io.clusterspring.http.HttpGate;
import io.clusterspring.http.RequestBodies;
import io.clusterspring.http.TopicNames;
import io.clusterspring.http.TopicPath;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.wire.ClusterWire;

/**
 * Publishes what scripts and programs in other languages send by POST. All that can be
 * decided without the body is decided before it is read; the body holds no thread while
 * it arrives.
 */
public final class PublishEndpoint implements HttpRequestHandler, SmartLifecycle, FailureSource {

	private static final Duration TICK = Duration.ofMillis(200);

	private static final String KEY_HEADER = "Idempotency-Key";

	private static final String TRANSPORT = "publish";

	private final PublishSettings settings;

	private final HttpGate gate;

	private final SocketAuthorizers authorizers;

	private final Publisher publisher;

	private final PublishStatistics statistics;

	private final RequestBodies bodies;

	private final Ticker ticker;

	/**
	 * Create the endpoint of a node.
	 * @param wire tells the other nodes of handled requests
	 * @param codec the codec of payloads
	 * @param authorizers decide who may publish, all of them; at least one
	 */
	public PublishEndpoint(Cluster cluster, ClusterWire wire, PubSub pubSub, PayloadCodec codec,
			PublishSettings settings, HttpGate gate, List<TopicPublishAuthorizer> authorizers) {
		Assert.notEmpty(authorizers, "Publishing by HTTP needs a TopicPublishAuthorizer");
		HandledRequests requests = new HandledRequests(settings.keys(), settings.keyRetention().toNanos());
		this.settings = settings;
		this.gate = gate;
		this.authorizers = new SocketAuthorizers(List.of(), authorizers.stream().map(this::adapt).toList(),
				UserExpiries.NONE);
		this.statistics = new PublishStatistics(requests);
		this.publisher = new Publisher(pubSub, codec, new Repeats(cluster, wire, requests), this.statistics,
				settings.maxBatch());
		this.bodies = new RequestBodies(new RequestBodies.Limits(settings.maxRequestSize(), settings.requestTimeout(),
				"a client that publishes", "cluster.http.publish.request-timeout"));
		this.ticker = Ticker.withThread("cluster-http-publish", TICK, this.bodies::tick);
	}

	private SocketAuthorizer adapt(TopicPublishAuthorizer authorizer) {
		int start = this.settings.path().length() + 1;
		return (request) -> authorizer.mayPublish(request.path().substring(start), request)
				? SocketAuthorization.accept() : SocketAuthorization.refuse();
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Decision decision = decide(request);
		AsyncContext async = AsyncRequests.begin(request, response);
		HttpAnswer refusal = decision.refusal;
		if (refusal != null) {
			// answered when the body has come, because a client that still writes would
			// not read the answer
			this.bodies.skip(async, () -> refusal.send(async));
			return;
		}
		this.bodies.read(async, (body) -> publish(decision, body).send(async), () -> tooLarge().send(async));
	}

	private HttpAnswer publish(Decision decision, byte[] body) {
		return isOpen() ? this.publisher.publish(decision.topic, decision.key, body) : unavailable();
	}

	private Decision decide(HttpServletRequest request) {
		if (!isOpen()) {
			return Decision.refuse(unavailable());
		}
		if (!isJson(request.getContentType())) {
			return refuse(PublishOutcome.MALFORMED, HttpStatus.UNSUPPORTED_MEDIA_TYPE,
					"The content type must be application/json, in UTF-8");
		}
		try {
			return decide(request, topic(request));
		}
		catch (IllegalArgumentException ex) {
			return refuse(PublishOutcome.MALFORMED, HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
		}
		catch (MalformedQueryException ex) {
			return refuse(PublishOutcome.MALFORMED, HttpStatus.BAD_REQUEST, "The query cannot be decoded");
		}
	}

	private Decision decide(HttpServletRequest http, String topic) {
		SocketRequest request = request(http, topic);
		if (!(this.authorizers.authorize(request) instanceof SocketAuthorizers.Identity identity)) {
			return refuse(PublishOutcome.UNAUTHORIZED, HttpStatus.FORBIDDEN,
					"This request may not publish on this topic");
		}
		List<String> keys = Collections.list(http.getHeaders(KEY_HEADER));
		Assert.isTrue(keys.size() <= 1, "There is more than one header " + KEY_HEADER);
		return new Decision(topic, keys.isEmpty() ? null : RequestKey.of(keys.get(0), topic, identity.name()), null);
	}

	private String topic(HttpServletRequest request) {
		String topic = TopicPath.topic(TopicPath.within(request), this.settings.path(), "");
		Assert.isTrue(topic != null, "The path must end with a topic");
		TopicNames.requireTopic(topic);
		return topic;
	}

	private SocketRequest request(HttpServletRequest http, String topic) {
		SocketRequest client = new ClientRequest(http, TRANSPORT).toSocketRequest(null);
		return new SocketRequest(this.settings.path() + "/" + topic, TRANSPORT, client.parameters(), client.headers(),
				client.user(), null, client.remoteAddress(), client.session());
	}

	private static boolean isJson(@Nullable String contentType) {
		try {
			MediaType type = MediaType.parseMediaType(String.valueOf(contentType));
			String charset = type.getParameter("charset");
			return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
					&& (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8"));
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private Decision refuse(PublishOutcome outcome, HttpStatus status, String detail) {
		this.statistics.count(outcome);
		return Decision.refuse(HttpAnswer.problem(status.value(), detail));
	}

	private HttpAnswer unavailable() {
		this.statistics.count(PublishOutcome.UNAVAILABLE);
		return HttpAnswer.unavailable();
	}

	private HttpAnswer tooLarge() {
		this.statistics.count(PublishOutcome.TOO_LARGE);
		return HttpAnswer.problem(HttpStatus.CONTENT_TOO_LARGE.value(), "The body has more than "
				+ this.settings.maxRequestSize() + " bytes (cluster.http.publish.max-request-size)");
	}

	private boolean isOpen() {
		return isRunning() && this.gate.isOpen();
	}

	/**
	 * Return the statistics of this node.
	 * @return the statistics, current whenever they are read
	 */
	public PublishStatistics statistics() {
		return this.statistics;
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
		this.bodies.refuseAll();
	}

	@Override
	public boolean isRunning() {
		return this.ticker.isRunning();
	}

	/**
	 * The decision about a request before its body is read.
	 *
	 * @param key the name of the request, {@code null} without an idempotency key
	 * @param refusal the answer to a request that is refused, or {@code null}
	 */
	private record Decision(String topic, @Nullable RequestKey key, @Nullable HttpAnswer refusal) {

		static Decision refuse(HttpAnswer refusal) {
			return new Decision("", null, refusal);
		}

	}

}
