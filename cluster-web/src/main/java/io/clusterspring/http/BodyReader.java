package io.clusterspring.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Reads the body of a request without blocking a thread. It stores only the received
 * bytes, up to the limit.
 */
final class BodyReader implements ReadListener {

	private static final Log logger = LogFactory.getLog(BodyReader.class);

	// in bytes; the same as Tomcat's default of maxSwallowSize
	private static final int MAX_IGNORED = 2 * 1024 * 1024;

	private static final int PART = 4096;

	private final AsyncContext async;

	private final ServletInputStream in;

	private final int limit;

	private final Consumer<byte @Nullable []> handler;

	private final long start = System.nanoTime();

	private final AtomicBoolean ended = new AtomicBoolean();

	private ByteArrayOutputStream kept = new ByteArrayOutputStream();

	private long count;

	/**
	 * Create a reader.
	 * @param async the request
	 * @param limit the maximum size of its body, in bytes
	 * @param handler gets the body, or {@code null} if it has more bytes than allowed
	 * @throws IOException if the request cannot be read
	 */
	BodyReader(AsyncContext async, int limit, Consumer<byte @Nullable []> handler) throws IOException {
		this.async = async;
		this.in = async.getRequest().getInputStream();
		this.limit = limit;
		this.handler = handler;
	}

	void begin() {
		this.async.addListener(new DisconnectListener(this::end));
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
		if (this.count > (long) this.limit + MAX_IGNORED) {
			refuse(HttpStatus.CONTENT_TOO_LARGE);
		}
	}

	@Override
	public void onAllDataRead() {
		if (end()) {
			// answered only now, because a client that still writes would not read the
			// answer
			this.handler.accept((this.count <= this.limit) ? this.kept.toByteArray() : null);
		}
	}

	@Override
	public void onError(Throwable failure) {
		if (end()) {
			logger.debug("A client disconnected before its request was complete", failure);
			AsyncRequests.end(this.async, HttpStatus.REQUEST_TIMEOUT);
		}
	}

	/**
	 * Refuse the request and close its connection, unless it is complete.
	 * @return {@code false} if the request was complete
	 */
	boolean refuse(HttpStatus status) {
		boolean refused = end();
		if (refused) {
			EarlyRefusal.send(this.async, status);
		}
		return refused;
	}

	private boolean end() {
		return this.ended.compareAndSet(false, true);
	}

	boolean hasEnded() {
		return this.ended.get();
	}

	/**
	 * Return the time since the request began.
	 * @return the time in nanoseconds
	 */
	long age() {
		return System.nanoTime() - this.start;
	}

	/**
	 * Refuses a request whose body is incomplete, and closes the connection. It fails on
	 * purpose after the response was sent: otherwise Tomcat would read the rest of the
	 * body, which blocks a thread for an unlimited time.
	 */
	private static final class EarlyRefusal implements WriteListener {

		private static final Log logger = LogFactory.getLog(EarlyRefusal.class);

		private final AsyncContext async;

		private final ServletOutputStream out;

		private boolean flushed;

		private EarlyRefusal(AsyncContext async, ServletOutputStream out) {
			this.async = async;
			this.out = out;
		}

		static void send(AsyncContext async, HttpStatus status) {
			try {
				HttpServletResponse response = (HttpServletResponse) async.getResponse();
				response.setStatus(status.value());
				response.setHeader("Connection", "close");
				response.setContentLength(0);
				ServletOutputStream out = response.getOutputStream();
				out.setWriteListener(new EarlyRefusal(async, out));
			}
			catch (IOException | IllegalStateException ex) {
				logger.debug("A client disconnected before its request was refused", ex);
			}
		}

		@Override
		public void onWritePossible() throws IOException {
			if (!this.flushed && this.out.isReady()) {
				this.flushed = true;
				this.out.flush();
			}
			if (this.flushed && this.out.isReady()) {
				throw new IOException("The request was refused before it was complete");
			}
		}

		@Override
		public void onError(Throwable failure) {
			logger.debug("A request was refused and its connection closed", failure);
			AsyncRequests.complete(this.async);
		}

	}

}
