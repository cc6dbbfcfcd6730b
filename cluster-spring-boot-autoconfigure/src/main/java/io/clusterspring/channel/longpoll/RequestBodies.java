package io.clusterspring.channel.longpoll;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.HttpStatus;

import io.clusterspring.mailbox.CountedWarning;

/**
 * The bodies of requests that have not come to their end yet. None gets longer than a
 * session lasts without a request.
 */
final class RequestBodies {

	private static final Log logger = LogFactory.getLog(RequestBodies.class);

	private final LongPollSettings settings;

	private final Set<BodyReader> coming = ConcurrentHashMap.newKeySet();

	private final CountedWarning late = new CountedWarning(logger);

	RequestBodies(LongPollSettings settings) {
		this.settings = settings;
	}

	/**
	 * Read a body. A request with more than it may have is refused.
	 * @param async the request
	 * @param then takes the body
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
	 * Read a body and keep nothing of it.
	 * @param async the request
	 * @param then what to do at its end
	 * @throws IOException if the request cannot be read
	 */
	void skip(AsyncContext async, Runnable then) throws IOException {
		begin(async, 0, (body) -> then.run());
	}

	private void begin(AsyncContext async, int limit, BodyReader.Ending ending) throws IOException {
		BodyReader reader = new BodyReader(async, limit, ending);
		this.coming.add(reader);
		reader.begin();
	}

	/**
	 * Refuse the requests that take too long.
	 */
	void tick() {
		this.coming.removeIf(BodyReader::hasEnded);
		for (BodyReader reader : this.coming) {
			if (reader.age() > this.settings.sessionTimeout().toNanos() && reader.dismiss(HttpStatus.REQUEST_TIMEOUT)) {
				this.late.add((count) -> "A client that polls did not end its request within "
						+ this.settings.sessionTimeout().toMillis()
						+ " ms (cluster.channels.long-poll.session-timeout) and was refused, " + count + " so far");
			}
		}
	}

	/**
	 * Refuse all requests: the node goes down.
	 */
	void dismissAll() {
		this.coming.forEach((reader) -> reader.dismiss(HttpStatus.SERVICE_UNAVAILABLE));
	}

}
