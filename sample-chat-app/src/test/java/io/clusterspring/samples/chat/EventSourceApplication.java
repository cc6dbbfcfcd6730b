package io.clusterspring.samples.chat;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.http.events.TopicEventsAuthorizer;
import io.clusterspring.http.publish.TopicPublishAuthorizer;

/**
 * A node whose events a browser reads with its own EventSource, from an empty page.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
// Spring Security is on the class path for the tests of tokens
@EnableAutoConfiguration(
		excludeName = { "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration" })
class EventSourceApplication {

	@Bean
	RouterFunction<ServerResponse> page() {
		return RouterFunctions.route()
			.GET("/empty",
					(request) -> ServerResponse.ok().header("Content-Type", "text/html").body("<title>x</title>"))
			.build();
	}

	@Bean
	TopicEventsAuthorizer eventsAuthorizer() {
		return (topic, request) -> topic.equals("prices:secret") ? SocketAuthorization.refuse()
				: SocketAuthorization.accept();
	}

	@Bean
	TopicPublishAuthorizer publishAuthorizer() {
		return (topic, request) -> true;
	}

}
