package io.clusterspring.http;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer to a request, with a body in JSON. Immutable.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param headers the headers beside the content type
 * @param body the body
 */
public record HttpAnswer(int status, String type, Map<String, String> headers, byte[] body) {

	/** The time after which a client tries again at a node that stops, in seconds. */
	private static final String SOON = "1";

	/**
	 * Create an answer.
	 * @param status the HTTP status
	 * @param body the members of the body
	 * @return the answer
	 */
	public static HttpAnswer json(HttpStatus status, Map<String, ?> body) {
		return new HttpAnswer(status.value(), MediaType.APPLICATION_JSON_VALUE, Map.of(),
				JsonMapper.shared().writeValueAsBytes(body));
	}

	/**
	 * Create an answer that tells what is wrong: {@code application/problem+json}.
	 * @param status the HTTP status
	 * @param detail what is wrong, and what to do
	 * @return the answer
	 */
	public static HttpAnswer problem(int status, String detail) {
		HttpStatus known = HttpStatus.resolve(status);
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("title", (known != null) ? known.getReasonPhrase() : "Refused");
		body.put("status", status);
		body.put("detail", detail);
		return new HttpAnswer(status, MediaType.APPLICATION_PROBLEM_JSON_VALUE, Map.of(),
				JsonMapper.shared().writeValueAsBytes(body));
	}

	/**
	 * Create an answer of a node that drains or stops, or is out of the cluster.
	 * @return status 503, with the time after which another node can be tried
	 */
	public static HttpAnswer unavailable() {
		return problem(HttpStatus.SERVICE_UNAVAILABLE.value(),
				"This node drains, stops or is not in the cluster. Send the request again, to another node")
			.with(HttpHeaders.RETRY_AFTER, SOON);
	}

	/**
	 * Add a header.
	 * @param name the name
	 * @param value the value, which comes from no client
	 * @return the answer with the header
	 */
	public HttpAnswer with(String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new HttpAnswer(this.status, this.type, more, this.body);
	}

	/**
	 * Send the answer and end the request, without waiting for the client.
	 * @param async the request
	 */
	public void send(AsyncContext async) {
		try {
			HttpServletResponse response = (HttpServletResponse) async.getResponse();
			response.setStatus(this.status);
			response.setContentType(this.type);
			response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
			this.headers.forEach(response::setHeader);
			response.setContentLength(this.body.length);
			BodyWriter.send(async, this.body);
		}
		catch (IllegalStateException ex) {
			AsyncRequests.complete(async);
		}
	}

}
