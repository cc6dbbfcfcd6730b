package io.clusterspring.channel.longpoll;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.HttpStatus;

/**
 * Refuses a request whose body is incomplete, and closes the connection. It fails on
 * purpose after the response was sent: otherwise Tomcat would read the rest of the body,
 * which blocks a thread for an unlimited time.
 */
final class EarlyRefusal implements WriteListener {

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
		LongPollResponse.complete(this.async);
	}

}
