package io.clusterspring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests the message of an application that cannot start because of a mistake with the
 * cluster, beside a node that has started.
 */
@ExtendWith(OutputCaptureExtension.class)
class BootMistakesIntegrationTests {

	private static final int PORT = 28120;

	private final String cluster = "mistakes-" + UUID.randomUUID();

	private ConfigurableApplicationContext first;

	@BeforeEach
	void start() {
		this.first = run("node=n1@127.0.0.1:" + PORT);
	}

	@AfterEach
	void stop() {
		this.first.close();
	}

	static Stream<Arguments> mistakes() {
		String known = "sync-nodes-mandatory=n1@127.0.0.1:" + PORT;
		String soon = "sync-nodes-timeout=500";
		return Stream.of(
				Arguments.of("port in use", "cannot listen on host '127.0.0.1', TCP ports 28120 to 28120",
						"one of these ports is free", List.of("node=n2@127.0.0.1:" + PORT)),
				Arguments.of("host that is not local", "cannot listen on host '192.0.2.1'",
						"is a name or an address of this machine", List.of("node=n2@192.0.2.1")),
				Arguments.of("unknown host", "cannot listen on host 'nowhere.invalid'",
						"is a name or an address of this machine", List.of("node=n2@nowhere.invalid", soon)),
				Arguments.of("unknown advertised host", "the host is unknown (outside.invalid",
						"knows the hosts in cluster.node and cluster.advertised",
						List.of("node=n2@127.0.0.1:28121", "advertised=outside.invalid", soon)),
				Arguments.of("interface that is not there", "cannot listen on host 'nosuch0'",
						"the host in cluster.bind", List.of("node=n2@127.0.0.1:28121", "bind=nosuch0", soon)),
				Arguments.of("address that an XML replaces", "Property: cluster.advertised",
						"Update your application's configuration",
						List.of("node=n2@127.0.0.1", "advertised=10.0.0.1", "jgroups.config=file:nowhere.xml")),
				Arguments.of("bad name", "'n 2' is not a node: expected name@host",
						"Update your application's configuration", List.of("node=n 2")),
				Arguments.of("duplicate name", "already has the name 'n1@127.0.0.1'", "Give this node another name",
						List.of("node=n1@127.0.0.1:28121", "seeds=127.0.0.1:" + PORT)),
				Arguments.of("missing mandatory node", "Mandatory nodes were not seen",
						"it is started, with the same cluster.name",
						List.of("node=n2@127.0.0.1:28121", "sync-nodes-mandatory=n9@127.0.0.1:28129", soon)),
				Arguments.of("wrong cookie", "wrong cookie: its cluster.cookie is not the one of this node",
						"Give all nodes of the cluster the same cluster.cookie",
						List.of("node=n2@127.0.0.1:28121", "cookie=another", known, soon)),
				Arguments.of("unknown SSL bundle", "No SSL bundle has this name", "Review the value of the property",
						List.of("node=n2@127.0.0.1:28121", "ssl.bundle=nods")),
				Arguments.of("unreadable XML", "nowhere.xml", "Check that the file exists and is readable",
						List.of("node=n2@127.0.0.1:28121", "jgroups.config=file:nowhere.xml")),
				Arguments.of("too few nodes", "had 2 of the 3 nodes that cluster.sync-nodes-minimum requires",
						"set a smaller cluster.sync-nodes-minimum",
						List.of("node=n2@127.0.0.1:28121", "seeds=127.0.0.1:" + PORT, "sync-nodes-minimum=3", soon)),
				Arguments.of("number out of range", "Property: cluster.port-range",
						"Update your application's configuration", List.of("node=n2@127.0.0.1:28121", "port-range=0")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("mistakes")
	void isExplained(String mistake, String description, String action, List<String> properties,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(properties.toArray(String[]::new)).close());
		assertThat(output.getAll()).as(mistake)
			.containsSubsequence("APPLICATION FAILED TO START", "Description:", description, "Action:", action);
	}

	private ConfigurableApplicationContext run(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--cluster.name=" + this.cluster,
				"--spring.main.register-shutdown-hook=false", "--spring.main.banner-mode=off"));
		Stream.of(properties).map((property) -> "--cluster." + property).forEach(arguments::add);
		if (arguments.stream().noneMatch((argument) -> argument.startsWith("--cluster.cookie"))) {
			arguments.add("--cluster.cookie=secret");
		}
		return new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			ClusterAutoConfiguration.class })
	static class App {

	}

}
