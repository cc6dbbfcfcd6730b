package io.clusterspring.benchmarks.stomp;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.benchmarks.NodeProcess;

/**
 * Runs the application that is measured. Variants differ only in the broker. The
 * application answers each line of its standard input with the bytes of its live heap,
 * and ends at the end of the input.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSocketMessageBroker
public class StompServer implements WebSocketMessageBrokerConfigurer {

	private final Environment environment;

	StompServer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint("/ws");
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		int port = this.environment.getProperty("relay.port", Integer.class, 0);
		if (port == 0) {
			registry.enableSimpleBroker("/topic");
		}
		else {
			registry.enableStompBrokerRelay("/topic").setRelayHost("127.0.0.1").setRelayPort(port);
		}
	}

	/**
	 * Start the application, which prints its port.
	 * @param arguments properties of the application
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		try (ConfigurableApplicationContext context = SpringApplication.run(StompServer.class, arguments)) {
			answer(Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));
			for (int read = System.in.read(); read >= 0; read = System.in.read()) {
				if (read == '\n') {
					System.gc();
					answer(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
				}
			}
		}
	}

	private static void answer(long number) {
		System.out.println(NodeProcess.ANSWER + number);
	}

}
