package io.clusterspring.platform;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * An application with nothing of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PlainApp {

	/**
	 * Run it.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(PlainApp.class, arguments);
	}

}
