package io.clusterspring.samples.chat;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Spring Cloud Gateway: all that it does is configured. It runs with libraries of its
 * own, which Maven resolves.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class GatewayApplication {

	/**
	 * Run the gateway.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(GatewayApplication.class, arguments);
	}

}
