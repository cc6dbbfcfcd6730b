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
 * Refuses a request that has not come to its end, and closes the connection. It fails on
 * purpose: of a request that ends well Tomcat reads the rest, with a thread, however long
 * that takes.
 */
final class Dismissal implements WriteListener {

	private static final Log logger = LogFactory.getLog(Dismissal.class);

	private final AsyncContext async;

	private final ServletOutputStream out;

	private boolean flushed;

	private Dismissal(AsyncContext async, ServletOutputStream out) {
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
			out.setWriteListener(new Dismissal(async, out));
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("A client has gone before its request was refused", ex);
		}
	}

	@Override
	public void onWritePossible() throws IOException {
		if (!this.flushed && this.out.isReady()) {
			this.flushed = true;
			this.out.flush();
		}
		if (this.flushed && this.out.isReady()) {
			throw new IOException("The request has not come to its end");
		}
	}

	@Override
	public void onError(Throwable failure) {
		logger.debug("A request was refused and its connection closed", failure);
		LongPollResponse.complete(this.async);
	}

}
