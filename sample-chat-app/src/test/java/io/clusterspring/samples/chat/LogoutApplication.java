package io.clusterspring.samples.chat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.SessionRepository;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.stomp.UserSessions;

/**
 * An application with a form to log in, and sessions that all nodes share.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSocketMessageBroker
@Import({ LogoutApplication.Anything.class, LogoutApplication.Admin.class, ClusterStateController.class })
public class LogoutApplication implements WebSocketMessageBrokerConfigurer {

	/**
	 * Run a node.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(LogoutApplication.class, arguments);
	}

	@Bean
	SecurityFilterChain filters(HttpSecurity http) throws Exception {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/cluster.json", "/visit", "/public/**")
				.permitAll()
				.anyRequest()
				.authenticated())
			.csrf((csrf) -> csrf.disable())
			.formLogin(Customizer.withDefaults())
			.build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(User.withUsername("ann").password("{noop}ann").roles("USER").build(),
				User.withUsername("bob").password("{noop}bob").roles("USER").build());
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint("/stomp");
		registry.addEndpoint("/sockjs").withSockJS();
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic");
	}

	@Bean
	Gate gate() {
		return new Gate();
	}

	/**
	 * Holds requests that say so, after Spring Security has let them in.
	 */
	static class Gate implements Filter {

		private final CountDownLatch opened = new CountDownLatch(1);

		private volatile boolean holds;

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			String query = ((HttpServletRequest) request).getQueryString();
			if (query != null && query.contains("hold=")) {
				this.holds = true;
				try {
					this.opened.await(1, TimeUnit.MINUTES);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			chain.doFilter(request, response);
		}

	}

	@ChannelController("any:{id}")
	static class Anything {

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

	}

	@RestController
	static class Admin {

		private final Channels channels;

		private final UserSessions stomp;

		private final SessionRepository<?> sessions;

		private final Gate gate;

		Admin(Channels channels, UserSessions stomp, SessionRepository<?> sessions, Gate gate) {
			this.gate = gate;
			this.channels = channels;
			this.stomp = stomp;
			this.sessions = sessions;
		}

		/**
		 * Begin a session without a login.
		 */
		@PostMapping("/visit")
		Map<String, Object> visit(HttpSession session) {
			session.setAttribute("visited", "yes");
			return Map.of();
		}

		@PostMapping("/disconnect/{user}")
		Map<String, Object> disconnect(@PathVariable String user) {
			this.channels.disconnectUser(user);
			this.stomp.disconnect(user);
			return Map.of();
		}

		/**
		 * Delete the session as an administrator would, who has not its cookie.
		 */
		@PostMapping("/delete")
		void delete(HttpSession session) {
			this.sessions.deleteById(session.getId());
		}

		@PostMapping("/public/holds")
		boolean holds() {
			return this.gate.holds;
		}

		@PostMapping("/public/open")
		void open() {
			this.gate.opened.countDown();
		}

		@PostMapping("/expire")
		Map<String, Object> expire(HttpSession session) {
			// long enough to connect on a busy machine
			session.setMaxInactiveInterval(8);
			return Map.of();
		}

	}

}
