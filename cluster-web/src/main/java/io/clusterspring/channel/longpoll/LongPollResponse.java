package io.clusterspring.channel.longpoll;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.socket.RefusedSocket;
import io.clusterspring.http.AsyncRequests;
import io.clusterspring.http.BodyWriter;

/**
 * A response to a client. The HTTP status is 200, unless an authorizer has chosen another
 * one; the status of Phoenix is in the body. A client that reads slowly blocks no thread.
 *
 * @param body the body
 * @param refused the client that is refused with an HTTP status, or {@code null}
 */
record LongPollResponse(byte[] body, @Nullable RefusedSocket refused) {

	private static final Log logger = LogFactory.getLog(LongPollResponse.class);

	/**
	 * Create a response.
	 * @param token the token for the next request, or {@code null}
	 */
	static LongPollResponse of(PollAnswer answer, @Nullable LongPollToken token) {
		Map<String, Object> body = new LinkedHashMap<>();
		if (token != null) {
			body.put("messages", answer.messages());
		}
		body.put("status", answer.status());
		if (token != null) {
			body.put("token", token.text());
		}
		return new LongPollResponse(JsonMapper.shared().writeValueAsBytes(body), null);
	}

	LongPollResponse refusing(RefusedSocket refused) {
		return new LongPollResponse(this.body, refused);
	}

	void send(HttpServletResponse response) throws IOException {
		setHeaders(response);
		response.getOutputStream().write(this.body);
	}

	void send(AsyncContext async) {
		try {
			setHeaders((HttpServletResponse) async.getResponse());
			BodyWriter.send(async, this.body);
		}
		catch (IllegalStateException ex) {
			logger.debug("A client disconnected before it got its answer", ex);
			AsyncRequests.complete(async);
		}
	}

	private void setHeaders(HttpServletResponse response) {
		// Phoenix sends 200 for its own 403
		if (this.refused != null && this.refused.status() != PollAnswer.FORBIDDEN) {
			response.setStatus(this.refused.status());
		}
		if (this.refused != null && this.refused.retryAfter() != null) {
			response.setHeader(HttpHeaders.RETRY_AFTER, this.refused.retryAfterSeconds());
		}
		response.setContentType("application/json; charset=utf-8");
		response.setHeader("Cache-Control", "no-store");
		response.setContentLength(this.body.length);
	}

}
