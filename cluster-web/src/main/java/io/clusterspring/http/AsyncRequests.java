package io.clusterspring.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.HttpStatus;

/**
 * Begins and ends asynchronous requests. The web server may have ended one before.
 */
public final class AsyncRequests {

	private static final Log logger = LogFactory.getLog(AsyncRequests.class);

	private AsyncRequests() {
	}

	/**
	 * Begin an asynchronous request, which has no timeout of the web server.
	 * @return the request
	 */
	public static AsyncContext begin(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext async = request.startAsync(request, response);
		async.setTimeout(0);
		return async;
	}

	/**
	 * End a request with a status and without a body.
	 * @param async the request
	 * @param status the status
	 */
	public static void end(AsyncContext async, HttpStatus status) {
		try {
			((HttpServletResponse) async.getResponse()).setStatus(status.value());
			async.complete();
		}
		catch (IllegalStateException ex) {
			logger.trace("The web server has completed the request before", ex);
		}
	}

	/**
	 * End a request.
	 * @param async the request
	 */
	public static void complete(AsyncContext async) {
		try {
			async.complete();
		}
		catch (IllegalStateException ex) {
			logger.trace("The web server has completed the request before", ex);
		}
	}

}
