package io.clusterspring.http;

import java.io.IOException;
import java.time.Duration;
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
 * Reads the bodies of requests without blocking a thread. A body that is larger than the
 * limit is not stored, and one that takes too long is refused. Thread-safe.
 */
public final class RequestBodies {

	private static final Log logger = LogFactory.getLog(RequestBodies.class);

	private final Limits limits;

	private final Set<BodyReader> readers = ConcurrentHashMap.newKeySet();

	private final CountedWarning late = new CountedWarning(logger);

	/**
	 * Create a reader of bodies.
	 * @param limits the largest body, and the longest time for one
	 */
	public RequestBodies(Limits limits) {
		this.limits = limits;
	}

	/**
	 * Read a body.
	 * @param async the request
	 * @param then gets the body when it is complete, on a thread of the web server
	 * @param tooLarge runs in place of it if the body is too large; a body without end
	 * gets status 413 instead, and its connection is closed
	 * @throws IOException if the request cannot be read
	 */
	public void read(AsyncContext async, Consumer<byte[]> then, Runnable tooLarge) throws IOException {
		int limit = this.limits.size();
		boolean more = async.getRequest().getContentLengthLong() > limit;
		begin(async, more ? 0 : limit, (body) -> {
			if (body != null) {
				then.accept(body);
			}
			else {
				tooLarge.run();
			}
		});
	}

	/**
	 * Read a body and ignore it.
	 * @param async the request
	 * @param then runs when the body is complete
	 * @throws IOException if the request cannot be read
	 */
	public void skip(AsyncContext async, Runnable then) throws IOException {
		begin(async, 0, (body) -> then.run());
	}

	private void begin(AsyncContext async, int limit, Consumer<byte @Nullable []> handler) throws IOException {
		BodyReader reader = new BodyReader(async, limit, handler);
		this.readers.add(reader);
		reader.begin();
	}

	/** Refuse the requests that take too long. */
	public void tick() {
		this.readers.removeIf(BodyReader::hasEnded);
		for (BodyReader reader : this.readers) {
			if (reader.age() > this.limits.timeout().toNanos() && reader.refuse(HttpStatus.REQUEST_TIMEOUT)) {
				this.late.add((count) -> "Refused " + this.limits.client()
						+ ", because its request was not complete within " + this.limits.timeout().toMillis() + " ms ("
						+ this.limits.property() + "), " + count + " refused so far");
			}
		}
	}

	/** Refuse all requests, because the node stops. */
	public void refuseAll() {
		this.readers.forEach((reader) -> reader.refuse(HttpStatus.SERVICE_UNAVAILABLE));
	}

	/**
	 * The limits for bodies.
	 *
	 * @param size the maximum number of bytes
	 * @param timeout the maximum time for a body
	 * @param client the kind of the client, for the log
	 * @param property the property that limits the time, for the log
	 */
	public record Limits(int size, Duration timeout, String client, String property) {
	}

}
