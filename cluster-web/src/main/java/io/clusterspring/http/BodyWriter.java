package io.clusterspring.http;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes the body of a response and ends the request. A client that reads slowly blocks
 * no thread.
 */
public final class BodyWriter implements WriteListener {

	private static final Log logger = LogFactory.getLog(BodyWriter.class);

	private final AsyncContext async;

	private final ServletOutputStream out;

	private final byte[] body;

	private boolean written;

	private BodyWriter(AsyncContext async, ServletOutputStream out, byte[] body) {
		this.async = async;
		this.out = out;
		this.body = body;
	}

	/**
	 * Write a body. The headers are set before.
	 * @param async the request
	 * @param body the body
	 */
	public static void send(AsyncContext async, byte[] body) {
		try {
			ServletOutputStream out = async.getResponse().getOutputStream();
			out.setWriteListener(new BodyWriter(async, out, body));
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("A client disconnected before it got its answer", ex);
			AsyncRequests.complete(async);
		}
	}

	@Override
	public void onWritePossible() throws IOException {
		while (this.out.isReady()) {
			if (this.written) {
				AsyncRequests.complete(this.async);
				return;
			}
			this.written = true;
			this.out.write(this.body);
		}
	}

	@Override
	public void onError(Throwable failure) {
		logger.debug("A client disconnected before it got its answer", failure);
		AsyncRequests.complete(this.async);
	}

}
