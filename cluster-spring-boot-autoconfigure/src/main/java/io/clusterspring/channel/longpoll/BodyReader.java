package io.clusterspring.channel.longpoll;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Reads the body of a request as it comes. No thread waits for it, and nothing is kept
 * but what has come, up to the limit.
 */
final class BodyReader implements ReadListener {

	private static final Log logger = LogFactory.getLog(BodyReader.class);

	// in bytes; as much as Tomcat swallows of what nobody reads
	private static final int READ_IN_VAIN = 2 * 1024 * 1024;

	private static final int PART = 4096;

	private final AsyncContext async;

	private final ServletInputStream in;

	private final int limit;

	private final Ending ending;

	private final long start = System.nanoTime();

	private final AtomicBoolean ended = new AtomicBoolean();

	private ByteArrayOutputStream kept = new ByteArrayOutputStream();

	private long count;

	BodyReader(AsyncContext async, int limit, Ending ending) throws IOException {
		this.async = async;
		this.in = async.getRequest().getInputStream();
		this.limit = limit;
		this.ending = ending;
	}

	void begin() {
		this.async.addListener(new Hangup(this::end));
		this.in.setReadListener(this);
	}

	@Override
	public void onDataAvailable() throws IOException {
		byte[] part = new byte[PART];
		while (!this.ended.get() && this.in.isReady()) {
			int length = this.in.read(part);
			if (length < 0) {
				return;
			}
			take(part, length);
		}
	}

	private void take(byte[] part, int length) {
		this.count += length;
		if (this.count <= this.limit) {
			this.kept.write(part, 0, length);
			return;
		}
		this.kept = new ByteArrayOutputStream(0);
		if (this.count > (long) this.limit + READ_IN_VAIN) {
			dismiss(HttpStatus.CONTENT_TOO_LARGE);
		}
	}

	@Override
	public void onAllDataRead() {
		if (end()) {
			// a client that still writes would not have heard the answer
			this.ending.ended((this.count <= this.limit) ? this.kept.toByteArray() : null);
		}
	}

	@Override
	public void onError(Throwable failure) {
		if (end()) {
			logger.debug("A client has gone before its request ended", failure);
			LongPollResponse.refuse(this.async, HttpStatus.REQUEST_TIMEOUT);
		}
	}

	/**
	 * Refuse the request and close its connection, unless it has ended.
	 * @param status the status
	 * @return whether it had not ended
	 */
	boolean dismiss(HttpStatus status) {
		boolean dismissed = end();
		if (dismissed) {
			Dismissal.send(this.async, status);
		}
		return dismissed;
	}

	private boolean end() {
		return this.ended.compareAndSet(false, true);
	}

	boolean hasEnded() {
		return this.ended.get();
	}

	/**
	 * Return how long the body has been coming.
	 * @return the time in nanoseconds
	 */
	long age() {
		return System.nanoTime() - this.start;
	}

	/**
	 * Takes the body.
	 */
	interface Ending {

		/**
		 * The body has come.
		 * @param body the body, {@code null} if it has more bytes than allowed
		 */
		void ended(byte @Nullable [] body);

	}

}
