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
 * The paths of topics. Each method of HTTP has a handler of its own.
 */
public final class TopicEndpoint implements HttpRequestHandler, CorsConfigurationSource {

	private final Map<String, HttpRequestHandler> handlers;

	/**
	 * Create the endpoint.
	 * @param handlers the handlers, by the names of methods
	 */
	public TopicEndpoint(Map<String, HttpRequestHandler> handlers) {
		this.handlers = new TreeMap<>(handlers);
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		HttpRequestHandler handler = this.handlers.get(request.getMethod());
		if (handler != null) {
			handler.handleRequest(request, response);
			return;
		}
		response.setHeader(HttpHeaders.ALLOW, String.join(", ", this.handlers.keySet()));
		if (!request.getMethod().equals("OPTIONS")) {
			response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
		}
	}

	/** Only a handler that pages of other origins may use has rules. */
	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		String wanted = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
		boolean preflight = wanted != null && request.getMethod().equals("OPTIONS");
		HttpRequestHandler handler = this.handlers.get(preflight ? wanted : request.getMethod());
		return (handler instanceof CorsConfigurationSource source) ? source.getCorsConfiguration(request) : null;
	}

}
