package io.clusterspring.http.events;

import java.io.OutputStream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.util.ServletRequestPathUtils;

import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.HttpAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.channel.SocketAuthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that a request which cannot become a connection takes no place of one.
 */
class EventsPlacesTests {

	private final WebApplicationContextRunner web = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ClusterAutoConfiguration.class,
				PubSubAutoConfiguration.class, ChannelAutoConfiguration.class, HttpAutoConfiguration.class))
		.withBean(TopicEventsAuthorizer.class, () -> (topic, request) -> SocketAuthorization.accept())
		.withPropertyValues("cluster.transport=local", "cluster.name=places", "cluster.http.events.enabled=true",
				"cluster.http.events.max-connections=1");

	@Test
	void requestThatCannotBeAsynchronousGivesItsPlaceBack() {
		this.web.run((context) -> {
			EventsEndpoint endpoint = context.getBean(EventsEndpoint.class);
			// a filter of the application that does not support it
			MockHttpServletRequest request = request();
			request.setAsyncSupported(false);
			for (int i = 0; i < 3; i++) {
				assertThatIllegalStateException()
					.isThrownBy(() -> endpoint.handleRequest(request, new MockHttpServletResponse()));
			}
			assertThatPlaceIsFree(endpoint);
		});
	}

	@Test
	void errorAtTheBeginningGivesThePlaceBack() {
		this.web.run((context) -> {
			EventsEndpoint endpoint = context.getBean(EventsEndpoint.class);
			MockHttpServletRequest request = new MockHttpServletRequest() {

				@Override
				public AsyncContext startAsync(ServletRequest own, ServletResponse response) {
					throw new StackOverflowError();
				}

			};
			prepare(request);
			assertThatExceptionOfType(StackOverflowError.class)
				.isThrownBy(() -> endpoint.handleRequest(request, new MockHttpServletResponse()));
			assertThatPlaceIsFree(endpoint);
		});
	}

	private static void assertThatPlaceIsFree(EventsEndpoint endpoint) throws Exception {
		HttpServletResponse response = new Response();
		endpoint.handleRequest(request(), response);
		assertThat(response.getStatus()).isEqualTo(200);
		assertThat(endpoint.statistics().connections()).isEqualTo(1);
		// there was one place
		HttpServletResponse second = new Response();
		endpoint.handleRequest(request(), second);
		assertThat(second.getStatus()).isEqualTo(503);
	}

	private static MockHttpServletRequest request() {
		return prepare(new MockHttpServletRequest());
	}

	private static MockHttpServletRequest prepare(MockHttpServletRequest request) {
		request.setMethod("GET");
		request.setRequestURI("/cluster/topics/room:1/events");
		request.setAsyncSupported(true);
		ServletRequestPathUtils.parseAndCache(request);
		return request;
	}

	/** Takes a listener, unlike the one that it extends. */
	private static final class Response extends MockHttpServletResponse {

		@Override
		public ServletOutputStream getOutputStream() {
			return new DelegatingServletOutputStream(OutputStream.nullOutputStream()) {

				@Override
				public void setWriteListener(WriteListener listener) {
				}

			};
		}

	}

}
