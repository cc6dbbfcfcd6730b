package io.clusterspring.http.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.channel.SocketAuthorizers;
import io.clusterspring.channel.SocketAuthorizers.Identity;
import io.clusterspring.channel.SocketRefused;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.http.ClientRequest;
import io.clusterspring.channel.http.MalformedQueryException;
import io.clusterspring.expiry.Deadline;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.http.HttpAnswer;
import io.clusterspring.http.TopicEndpoint;
import io.clusterspring.http.TopicNames;
import io.clusterspring.http.TopicPath;

/**
 * Decides about the requests of clients that want events.
 */
final class EventRequests {

	private static final String TRANSPORT = "events";

	private final String path;

	private final SocketAuthorizers authorizers;

	EventRequests(String path, List<TopicEventsAuthorizer> authorizers, UserExpiries expiries) {
		this.path = path;
		this.authorizers = new SocketAuthorizers(List.of(), authorizers.stream().map(this::adapt).toList(), expiries);
	}

	private SocketAuthorizer adapt(TopicEventsAuthorizer authorizer) {
		int start = this.path.length() + 1;
		return (request) -> authorizer.authorize(request.path().substring(start), request);
	}

	Decision decide(HttpServletRequest http) {
		if (!accepts(http)) {
			return refuse(EventsRefusal.ACCEPT, HttpStatus.NOT_ACCEPTABLE, "This path answers with text/event-stream");
		}
		try {
			String topic = TopicPath.topic(TopicPath.within(http), this.path, TopicEndpoint.EVENTS);
			if (topic == null) {
				return refuse(EventsRefusal.MALFORMED, HttpStatus.NOT_FOUND,
						"The path must end with a topic and " + TopicEndpoint.EVENTS);
			}
			TopicNames.requireTopic(topic);
			return decide(http, topic);
		}
		catch (IllegalArgumentException ex) {
			return refuse(EventsRefusal.MALFORMED, HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
		}
		catch (MalformedQueryException ex) {
			return refuse(EventsRefusal.MALFORMED, HttpStatus.BAD_REQUEST, "The query cannot be decoded");
		}
	}

	private Decision decide(HttpServletRequest http, String topic) {
		ClientRequest client = new ClientRequest(http, TRANSPORT);
		SocketAuthorizers.Verdict verdict = this.authorizers.authorize(at(topic, client.toSocketRequest(null)));
		if (verdict instanceof Identity identity) {
			if (isOver(identity.until())) {
				return refuse(EventsRefusal.UNAUTHORIZED, HttpStatus.FORBIDDEN, "The time of this user is over");
			}
			String lastId = client.headerOrParameter("Last-Event-ID", "lastEventId");
			return new Accepted(topic, identity, StringUtils.hasLength(lastId) ? lastId : null);
		}
		return new Refused(EventsRefusal.UNAUTHORIZED, answer((SocketRefused) verdict));
	}

	private SocketRequest at(String topic, SocketRequest client) {
		return new SocketRequest(this.path + "/" + topic, TRANSPORT, client.parameters(), client.headers(),
				client.user(), null, client.remoteAddress(), client.session());
	}

	private static boolean isOver(@Nullable Instant until) {
		long now = System.nanoTime();
		return until != null && Deadline.at(until, now).isOver(now);
	}

	private static HttpAnswer answer(SocketRefused refused) {
		HttpAnswer answer = HttpAnswer.problem(refused.status(), "This request may not read the events of this topic");
		Duration after = refused.retryAfter();
		return (after != null)
				? answer.with(HttpHeaders.RETRY_AFTER, Long.toString(after.plusSeconds(1).minusNanos(1).toSeconds()))
				: answer;
	}

	static HttpAnswer full() {
		return HttpAnswer.problem(HttpStatus.SERVICE_UNAVAILABLE.value(), "This node has too many connections")
			.with(HttpHeaders.RETRY_AFTER, "1");
	}

	private static boolean accepts(HttpServletRequest http) {
		String accept = http.getHeader(HttpHeaders.ACCEPT);
		if (!StringUtils.hasText(accept)) {
			return true;
		}
		try {
			return MediaType.parseMediaTypes(accept)
				.stream()
				.anyMatch((type) -> type.includes(MediaType.TEXT_EVENT_STREAM) && type.getQualityValue() > 0);
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private static Decision refuse(EventsRefusal reason, HttpStatus status, String detail) {
		return new Refused(reason, HttpAnswer.problem(status.value(), detail));
	}

	/** The decision about a request. */
	sealed interface Decision permits Accepted, Refused {

	}

	/**
	 * A client that may read.
	 *
	 * @param lastId the id of the last event that it has got, {@code null} for none
	 */
	record Accepted(String topic, Identity identity, @Nullable String lastId) implements Decision {
	}

	/** A client that may not. */
	record Refused(EventsRefusal reason, HttpAnswer answer) implements Decision {
	}

}
