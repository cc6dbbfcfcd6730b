package io.clusterspring.http;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * The paths of topics. A topic takes messages, and its events, one level below, are read.
 */
public final class TopicEndpoint implements HttpRequestHandler, CorsConfigurationSource {

	/** The part of the path of events that follows the topic. */
	public static final String EVENTS = "/events";

	private final String path;

	private final @Nullable HttpRequestHandler publish;

	private final @Nullable HttpRequestHandler events;

	/**
	 * Create the endpoint.
	 * @param path the path below which the topics are
	 * @param publish takes messages, {@code null} if that is not enabled
	 * @param events sends events, {@code null} if that is not enabled
	 */
	public TopicEndpoint(String path, @Nullable HttpRequestHandler publish, @Nullable HttpRequestHandler events) {
		this.path = path;
		this.publish = publish;
		this.events = events;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		Map<String, HttpRequestHandler> handlers = handlers(request);
		HttpRequestHandler handler = handlers.get(request.getMethod());
		if (handler != null) {
			handler.handleRequest(request, response);
			return;
		}
		String allowed = String.join(", ", handlers.keySet());
		if (request.getMethod().equals("OPTIONS")) {
			response.setHeader(HttpHeaders.ALLOW, allowed);
			return;
		}
		HttpAnswer.problem(HttpStatus.METHOD_NOT_ALLOWED.value(), explain(request, allowed))
			.with(HttpHeaders.ALLOW, allowed)
			.send(AsyncRequests.begin(request, response));
	}

	private Map<String, HttpRequestHandler> handlers(HttpServletRequest request) {
		Map<String, HttpRequestHandler> handlers = new TreeMap<>();
		boolean ofEvents = isOfEvents(request);
		if (this.events != null && (ofEvents || this.publish == null)) {
			handlers.put("GET", this.events);
		}
		if (this.publish != null && !(ofEvents && this.events != null)) {
			handlers.put("POST", this.publish);
		}
		return handlers;
	}

	private String explain(HttpServletRequest request, String allowed) {
		if (request.getMethod().equals("POST") && this.publish != null) {
			return "The events of a topic are read at this path. Publish at the path without " + EVENTS;
		}
		if (request.getMethod().equals("GET") && this.events != null) {
			return "Messages are published at this path. The events of the topic are at the path with " + EVENTS;
		}
		return "This path takes " + allowed;
	}

	private boolean isOfEvents(HttpServletRequest request) {
		String within = TopicPath.within(request);
		return within.endsWith(EVENTS) && within.length() > this.path.length() + 1 + EVENTS.length();
	}

	/** Only a handler that pages of other origins may use has rules. */
	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		String wanted = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
		boolean preflight = wanted != null && request.getMethod().equals("OPTIONS");
		HttpRequestHandler handler = handlers(request).get(preflight ? wanted : request.getMethod());
		return (handler instanceof CorsConfigurationSource source) ? source.getCorsConfiguration(request) : null;
	}

}
