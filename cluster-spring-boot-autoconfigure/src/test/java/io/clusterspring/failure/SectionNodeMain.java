package io.clusterspring.failure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Runs a node in a process of its own, without a web server, until its input says
 * {@code leave} or ends. Arguments: properties, and the name of the node.
 */
public final class SectionNodeMain {

	private SectionNodeMain() {
	}

	/**
	 * Run the node.
	 * @param arguments see above
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		String[] properties = Stream
			.concat(Stream.of("--spring.main.banner-mode=off", "--logging.level.root=WARN"),
					Arrays.stream(arguments)
						.map((argument) -> argument.startsWith("--") ? argument : "--cluster.node=" + argument))
			.toArray(String[]::new);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
			.run(properties);
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
		String line = commands.readLine();
		while (line != null && !"leave".equals(line)) {
			line = commands.readLine();
		}
		context.close();
		System.exit(0);
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

}
