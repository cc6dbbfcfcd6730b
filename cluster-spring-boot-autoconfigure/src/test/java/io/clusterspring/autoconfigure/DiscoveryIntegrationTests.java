package io.clusterspring.autoconfigure;

import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.TCP;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.Seed;
import io.clusterspring.TooFewNodesException;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.JGroupsConfigException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DiscoveryIntegrationTests {

	private static final String XML = """
			<config xmlns="urn:org:jgroups">
				<TCP bind_addr="127.0.0.1" bind_port="27935" port_range="5"/>
				<TCPPING initial_hosts="127.0.0.1[27935]" port_range="5"/>
				<MERGE3 min_interval="300" max_interval="1000"/>
				<FD_SOCK2/>
				<pbcast.NAKACK2/>
				<UNICAST3/>
				<pbcast.STABLE/>
				<pbcast.GMS print_local_addr="false" join_timeout="500"/>
				<FRAG4/>
			</config>
			""";

	private final String cluster = "discovery-" + UUID.randomUUID();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void nodeIsFoundAtASeedWithoutBeingKnownByName() {
		run(App.class, "cluster.node=a@127.0.0.1:27925");
		assertThat(nodes(run(App.class, "cluster.node=b@127.0.0.1", "cluster.seeds=127.0.0.1:27925")))
			.containsExactly("a", "b");
		assertThat(nodes(run(App.class, "cluster.node=c@127.0.0.1", "cluster.seeds=other@127.0.0.1")))
			.containsExactly("a", "b", "c");
	}

	@Test
	void nodeIsFoundWhereAServiceConnectionSays() {
		run(App.class, "cluster.node=a@127.0.0.1:27925");
		assertThat(nodes(run(ServiceConnection.class, "cluster.node=b@127.0.0.1"))).containsExactly("a", "b");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "cluster.seeds=127.0.0.1", "cluster.discovery.type=jdbc", "cluster.discovery.type=multicast" })
	void bootWaitsForTheMinimumNumberOfNodesThatHaveNoNames(String discovery) {
		List<CompletableFuture<ConfigurableApplicationContext>> starts = IntStream.range(0, 3)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> run(Database.class, discovery,
					"cluster.sync-nodes-minimum=3", "cluster.sync-nodes-timeout=60s")))
			.toList();
		assertThat(starts).allSatisfy((start) -> assertThat(nodes(start.get(90, TimeUnit.SECONDS))).hasSize(3));
	}

	@Test
	void tooFewNodesFailTheBoot() {
		run(App.class, "cluster.seeds=127.0.0.1");
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> run(App.class, "cluster.seeds=127.0.0.1", "cluster.sync-nodes-minimum=3",
					"cluster.sync-nodes-timeout=200"))
			.havingRootCause()
			.isInstanceOf(TooFewNodesException.class)
			.withMessageContaining("2 of 3");
	}

	@Test
	void xmlSaysHowNodesAreFound() throws Exception {
		String config = "cluster.jgroups.config=file:" + xml(XML);
		assertThat(nodes(run(App.class, "cluster.node=a@127.0.0.1", config))).containsExactly("a");
		ConfigurableApplicationContext second = run(Customized.class, "cluster.node=b@127.0.0.1", config);
		assertThat(nodes(second)).containsExactly("a", "b");
		JChannel channel = second.getBean(Customized.class).channels.get(0);
		assertThat(((TCP) channel.getProtocolStack().getTransport()).getBindPort()).isEqualTo(27935);
	}

	@Test
	void xmlThatCannotBeUsedFailsTheBoot() throws Exception {
		for (String location : List.of("classpath:nowhere.xml", "file:" + xml("<config"),
				"file:" + xml(XML.replace("FRAG4", "FRAG99")), "file:" + xml(XML.replace("port_range", "port_rage")))) {
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> run(App.class, "cluster.jgroups.config=" + location))
				.satisfies((ex) -> assertThat(ex).hasStackTraceContaining(JGroupsConfigException.class.getName())
					.hasStackTraceContaining(
							location.substring(location.lastIndexOf('/') + 1).replace("classpath:", "")));
		}
	}

	@Test
	void xmlThatSaysAPortThatIsTakenFailsTheBoot() throws Exception {
		run(App.class, "cluster.node=a@127.0.0.1:27929");
		String location = "file:" + xml(XML.replace("27935\" port_range=\"5\"", "27929\" port_range=\"0\""));
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> run(App.class, "cluster.jgroups.config=" + location))
			.withRootCauseInstanceOf(SocketException.class)
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining(JGroupsConfigException.class.getName()));
	}

	@Test
	void customizersSeeTheStackBeforeItConnects() {
		ConfigurableApplicationContext context = run(Customized.class, "cluster.node=a@127.0.0.1");
		Customized customized = context.getBean(Customized.class);
		assertThat(customized.states).containsExactly("first OPEN", "second OPEN 7777");
		assertThat(customized.channels.get(0).isConnected()).isTrue();
		FD_ALL3 detection = customized.channels.get(0).getProtocolStack().findProtocol(FD_ALL3.class);
		assertThat(detection.getTimeout()).isEqualTo(7777);
	}

	private Path xml(String text) throws Exception {
		return Files.writeString(Files.createTempFile(this.directory, "jgroups", ".xml"), text);
	}

	private static List<String> nodes(ConfigurableApplicationContext context) {
		return context.getBean(Cluster.class).view().nodes().stream().map(Node::name).toList();
	}

	// without SpringApplication: several threads cannot set up its logging system
	private ConfigurableApplicationContext run(Class<?> application, String... properties) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of(properties)
			.and("cluster.name=" + this.cluster, "cluster.port=27925", "cluster.port-range=5")
			.applyTo(context);
		context.register(application);
		context.refresh();
		synchronized (this.contexts) {
			this.contexts.add(context);
		}
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TaskExecutionAutoConfiguration.class, ClusterAutoConfiguration.class })
	static class App {

	}

	@Configuration(proxyBeanMethods = false)
	static class Database extends App {

		@Bean
		DataSource dataSource() {
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setURL("jdbc:h2:mem:app;DB_CLOSE_DELAY=-1");
			return dataSource;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ServiceConnection extends App {

		@Bean
		ClusterConnectionDetails container() {
			return () -> List.of(new Seed("127.0.0.1", 27925));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customized extends App {

		private final List<String> states = new ArrayList<>();

		private final List<JChannel> channels = new ArrayList<>();

		@Bean
		@Order(2)
		JGroupsChannelCustomizer second() {
			return (channel) -> {
				FD_ALL3 detection = channel.getProtocolStack().findProtocol(FD_ALL3.class);
				this.states
					.add("second " + channel.getState() + ((detection != null) ? " " + detection.getTimeout() : ""));
				this.channels.add(channel);
			};
		}

		@Bean
		@Order(1)
		JGroupsChannelCustomizer first() {
			return (channel) -> {
				this.states.add("first " + channel.getState());
				FD_ALL3 detection = channel.getProtocolStack().findProtocol(FD_ALL3.class);
				if (detection != null) {
					detection.setTimeout(7777);
				}
			};
		}

	}

}
