package io.clusterspring.channel.longpoll;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.clusterspring.mailbox.CountedWarning;

/**
 * Reads the bodies of requests. A body that takes longer than the session timeout is
 * refused. Thread-safe.
 */
final class RequestBodies {

	private static final Log logger = LogFactory.getLog(RequestBodies.class);

	private final LongPollSettings settings;

	private final Set<BodyReader> readers = ConcurrentHashMap.newKeySet();

	private final CountedWarning late = new CountedWarning(logger);

	RequestBodies(LongPollSettings settings) {
		this.settings = settings;
	}

	/**
	 * Read a body. A request with a body that is too large is refused.
	 * @throws IOException if the request cannot be read
	 */
	void read(AsyncContext async, Consumer<byte[]> then) throws IOException {
		int limit = this.settings.maxRequestSize();
		boolean more = async.getRequest().getContentLengthLong() > limit;
		begin(async, more ? 0 : limit, (body) -> {
			if (body != null) {
				then.accept(body);
			}
			else {
				LongPollResponse.refuse(async, HttpStatus.CONTENT_TOO_LARGE);
			}
		});
	}

	/**
	 * Read a body and ignore it.
	 * @param then runs when the body is complete
	 * @throws IOException if the request cannot be read
	 */
	void skip(AsyncContext async, Runnable then) throws IOException {
		begin(async, 0, (body) -> then.run());
	}

	private void begin(AsyncContext async, int limit, Consumer<byte @Nullable []> handler) throws IOException {
		BodyReader reader = new BodyReader(async, limit, handler);
		this.readers.add(reader);
		reader.begin();
	}

	/** Refuse the requests that take too long. */
	void tick() {
		this.readers.removeIf(BodyReader::hasEnded);
		for (BodyReader reader : this.readers) {
			if (reader.age() > this.settings.sessionTimeout().toNanos() && reader.refuse(HttpStatus.REQUEST_TIMEOUT)) {
				this.late.add((count) -> "Refused a long polling client, because its request was not complete within "
						+ this.settings.sessionTimeout().toMillis()
						+ " ms (cluster.channels.long-poll.session-timeout), " + count + " refused so far");
			}
		}
	}

	/** Refuse all requests, because the node stops. */
	void refuseAll() {
		this.readers.forEach((reader) -> reader.refuse(HttpStatus.SERVICE_UNAVAILABLE));
	}

}
