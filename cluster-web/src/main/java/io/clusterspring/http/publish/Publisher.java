package io.clusterspring.http.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import io.clusterspring.PayloadTooLargeException;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.ChannelPayloads;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.http.HttpAnswer;
import io.clusterspring.http.publish.HandledRequests.Claim;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.text.LogText;

/**
 * Publishes the messages of requests, each request once. Thread-safe.
 */
final class Publisher {

	private static final Log logger = LogFactory.getLog(Publisher.class);

	private final PubSub pubSub;

	private final PayloadCodec codec;

	private final Repeats repeats;

	private final PublishStatistics statistics;

	private final int maxBatch;

	Publisher(PubSub pubSub, PayloadCodec codec, Repeats repeats, PublishStatistics statistics, int maxBatch) {
		this.pubSub = pubSub;
		this.codec = codec;
		this.repeats = repeats;
		this.statistics = statistics;
		this.maxBatch = maxBatch;
	}

	/**
	 * Publish what a body says.
	 * @param key the name of the request, {@code null} if it has no idempotency key
	 */
	HttpAnswer publish(String topic, @Nullable RequestKey key, byte[] body) {
		try {
			List<OutsideMessage> messages = PublishBody.read(body, this.maxBatch);
			return (key != null) ? once(topic, key, RequestKey.of(body), messages) : answer(send(topic, messages));
		}
		catch (PayloadTooLargeException ex) {
			return problem(PublishOutcome.TOO_LARGE, HttpStatus.CONTENT_TOO_LARGE, ex.getMessage());
		}
		catch (IllegalArgumentException ex) {
			return problem(PublishOutcome.MALFORMED, HttpStatus.BAD_REQUEST, ex.getMessage());
		}
		catch (RuntimeException ex) {
			logger.error("Cannot publish what a client has sent for topic '" + LogText.of(topic) + "'",
					LogText.failure(ex));
			return problem(PublishOutcome.FAILED, HttpStatus.INTERNAL_SERVER_ERROR,
					"The messages could not be published");
		}
	}

	private HttpAnswer once(String topic, RequestKey key, RequestKey body, List<OutsideMessage> messages) {
		Claim claim = this.repeats.requests().claim(key, body, System.nanoTime());
		return switch (claim.sort()) {
			case FIRST -> first(topic, key, body, messages);
			case REPEAT -> repeated(claim.request());
			case PRESENT -> problem(PublishOutcome.CONFLICT, HttpStatus.CONFLICT,
					"A request with this Idempotency-Key is being handled; send it again later")
				.with(HttpHeaders.RETRY_AFTER, "1");
			case DIFFERENT -> problem(PublishOutcome.CONFLICT, HttpStatus.UNPROCESSABLE_CONTENT,
					"This Idempotency-Key was used with another body");
		};
	}

	private HttpAnswer repeated(@Nullable Handled request) {
		this.statistics.count(PublishOutcome.REPEATED);
		return (request != null)
				? body(new Sent(request.messages(), request.position())).with("Idempotent-Replayed", "true")
				: HttpAnswer.unavailable();
	}

	private HttpAnswer first(String topic, RequestKey key, RequestKey body, List<OutsideMessage> messages) {
		Sent sent;
		try {
			sent = send(topic, messages);
		}
		catch (Throwable ex) {
			this.repeats.requests().abandon(key);
			throw ex;
		}
		this.repeats.handled(new Handled(key, body, sent.messages(), sent.position(), System.nanoTime()));
		return answer(sent);
	}

	private Sent send(String topic, List<OutsideMessage> messages) {
		MessagePosition last = null;
		for (OutsideMessage message : messages) {
			ChannelPayload payload = ChannelPayloads.received(SocketPayload.json(message.payload()), this.codec);
			String event = message.event();
			last = this.pubSub.publish(topic, (event != null) ? ChannelPayloads.broadcast(event, payload) : payload);
			this.statistics.published(1);
		}
		return new Sent(messages.size(), last);
	}

	private HttpAnswer answer(Sent sent) {
		this.statistics.count(PublishOutcome.PUBLISHED);
		return body(sent);
	}

	private static HttpAnswer body(Sent sent) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("messages", sent.messages());
		if (sent.position() != null) {
			body.put("position", sent.position().toString());
		}
		return HttpAnswer.json(HttpStatus.OK, body);
	}

	private HttpAnswer problem(PublishOutcome outcome, HttpStatus status, @Nullable String detail) {
		this.statistics.count(outcome);
		return HttpAnswer.problem(status.value(), String.valueOf(detail));
	}

	/**
	 * The messages that were sent.
	 *
	 * @param position the position of the last one, {@code null} if the topic has no
	 * history
	 */
	private record Sent(int messages, @Nullable MessagePosition position) {
	}

}
