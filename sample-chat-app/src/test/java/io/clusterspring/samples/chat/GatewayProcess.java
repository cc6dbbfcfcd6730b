package io.clusterspring.samples.chat;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Spring Cloud Gateway with the dependencies and the properties that the documentation
 * shows. Maven resolves the dependencies.
 */
final class GatewayProcess {

	private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.10.0:build-classpath";

	private GatewayProcess() {
	}

	static ProxyProcess start(int port, ChatNode n1, ChatNode n2) throws IOException {
		Path home = Files.createTempDirectory("gateway");
		String libraries = libraries(home);
		String application = GatewayApplication.class.getName();
		String file = application.replace('.', '/') + ".class";
		Path copy = home.resolve("classes").resolve(file);
		Files.createDirectories(Objects.requireNonNull(copy.getParent()));
		Files.write(copy,
				Objects.requireNonNull(GatewayApplication.class.getResourceAsStream("GatewayApplication.class"))
					.readAllBytes());
		Path properties = Files.writeString(home.resolve("application.yml"),
				ProxyProcess.onThisMachine(ProxyProcess.fence("yaml", "spring:\n  cloud:"), n1, n2));
		ProxyProcess gateway = ProxyProcess.start(home, port, ChatNode.JAVA.toString(), "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-cp", home.resolve("classes") + File.pathSeparator + libraries, application,
				"--server.port=" + port, "--server.address=127.0.0.1", "--spring.config.location=file:" + properties);
		return awaitNodes(gateway);
	}

	/**
	 * Wait until it has checked its nodes. A socket that comes before may lose its first
	 * message, because Netty upgrades it on the thread of the check.
	 */
	private static ProxyProcess awaitNodes(ProxyProcess gateway) {
		ChatNode.eventually().ignoreExceptions().until(() -> {
			URLConnection connection = URI.create(gateway.url() + "/cluster.json").toURL().openConnection();
			return ((HttpURLConnection) connection).getResponseCode() == 200;
		});
		return gateway;
	}

	private static String libraries(Path home) throws IOException {
		Files.writeString(home.resolve("pom.xml"), """
				<project xmlns="http://maven.apache.org/POM/4.0.0">
				<modelVersion>4.0.0</modelVersion>
				%s
				<groupId>io.clusterspring.tests</groupId>
				<artifactId>gateway</artifactId>
				<version>0</version>
				</project>
				""".formatted(ProxyProcess.fence("xml", "<parent>")));
		Path result = home.resolve("libraries");
		String log = maven(home, "-o", PLUGIN, "-Dmdep.outputFile=" + result);
		if (!Files.exists(result)) {
			log = maven(home, PLUGIN, "-Dmdep.outputFile=" + result);
		}
		if (!Files.exists(result)) {
			String reason = "Maven does not find Spring Cloud Gateway: " + log;
			return "true".equals(System.getenv("CI")) ? fail(reason) : abort(reason);
		}
		return Files.readString(result).strip();
	}

	private static String maven(Path home, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(Tool.find("Maven", "mvn").toString(), "-q", "-B"));
		command.addAll(List.of(arguments));
		Process maven = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
		return maven.inputReader().lines().limit(20).collect(Collectors.joining("\n"));
	}

}
