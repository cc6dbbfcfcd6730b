package io.clusterspring.failure;

import java.util.Arrays;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import io.clusterspring.ClusterEvent;
import io.clusterspring.NodeUp;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.StartReason;

/**
 * Runs an application with clients and a distributed application in a process of its own,
 * which writes events to its output. Arguments: cluster, first port, action after an
 * eviction, this node, listed nodes.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSecurity
@EnableWebSocketMessageBroker
public class TwinMain implements WebSocketMessageBrokerConfigurer {

	/**
	 * Run until killed.
	 * @param arguments see above
	 */
	public static void main(String[] arguments) {
		String listed = String.join(",", List.of(arguments).subList(4, arguments.length));
		SpringApplication application = new SpringApplication(TwinMain.class);
		application.setLogStartupInfo(false);
		ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) application.run(
				"--server.port=0", "--logging.level.root=warn", "--spring.main.banner-mode=off",
				"--cluster.name=" + arguments[0], "--cluster.port=" + arguments[1],
				"--cluster.eviction.action=" + arguments[2], "--cluster.eviction.retry-interval=1s",
				"--cluster.node=" + arguments[3], "--cluster.sync-nodes-optional=" + listed,
				"--cluster.distributed.job.nodes=n2@127.0.0.1,n1@127.0.0.1",
				"--management.endpoints.web.exposure.include=health,cluster,metrics",
				"--management.endpoint.health.probes.enabled=true", "--management.endpoint.health.show-details=always");
		((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		tell("http", context.getWebServer().getPort());
	}

	@Bean
	SecurityFilterChain everybody(HttpSecurity http) throws Exception {
		return http.csrf((csrf) -> csrf.disable())
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	@Bean
	TomcatServletWebServerFactory webServerFactory() {
		return new TomcatServletWebServerFactory();
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint("/ws")
			.setHandshakeHandler(new DefaultHandshakeHandler(new StandardWebSocketUpgradeStrategy()));
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic");
	}

	@Bean
	Job job() {
		return new Job();
	}

	@EventListener
	void on(ClusterEvent event) {
		tell((event instanceof NodeUp) ? "up" : "down", event.node().name());
	}

	private static synchronized void tell(Object... words) {
		System.out.println("@" + String.join(" ", Arrays.stream(words).map(String::valueOf).toList()) + " "
				+ System.currentTimeMillis());
	}

	@ChannelController("room:*")
	static class Room {

	}

	private static final class Job implements DistributedApplication {

		@Override
		public String name() {
			return "job";
		}

		@Override
		public void start(StartReason reason) {
			tell("job-starts", reason.type());
		}

		@Override
		public void stop() {
			tell("job-stops");
		}

	}

}
