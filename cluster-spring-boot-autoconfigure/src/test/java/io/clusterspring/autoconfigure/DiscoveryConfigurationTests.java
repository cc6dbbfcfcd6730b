package io.clusterspring.autoconfigure;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.sql.DataSource;

import org.apache.commons.logging.LogFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.jgroups.protocols.kubernetes.Client;
import org.jgroups.stack.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.SpringFactoriesLoader;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.Seed;
import io.clusterspring.SyncTimeout;
import io.clusterspring.TooFewNodesException;
import io.clusterspring.jgroups.JGroupsConfigException;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.discovery.NodeLookups;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DiscoveryConfigurationTests {

	private static final String TYPE = "cluster.discovery.type=";

	private static final String LABELS = "cluster.discovery.kubernetes.labels=app=chat";

	private static final String NAMESPACE = "cluster.discovery.kubernetes.namespace=shop";

	// the engine is configured but never connected
	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class))
		.withBean("cluster", Cluster.class, DiscoveryConfigurationTests::cluster);

	private static Cluster cluster() {
		Cluster cluster = Mockito.mock(Cluster.class);
		Node self = Node.of("n1@127.0.0.1");
		Mockito.when(cluster.self()).thenReturn(self);
		Mockito.when(cluster.view()).thenReturn(new ClusterView(1, List.of(self)));
		return cluster;
	}

	@Test
	void nodesAreListedByDefault(CapturedOutput output) {
		this.runner.withPropertyValues("cluster.seeds=10.0.0.1, db:7801, n1@[::1]:7802").run((context) -> {
			assertThat(lookup(context)).isEqualTo("ListedNodes");
			assertThat(context.getBean(ClusterConnectionDetails.class).seeds()).extracting(Object::toString)
				.containsExactly("10.0.0.1", "db:7801", "[::1]:7802");
		});
		assertThat(output).doesNotContain("no effect");
	}

	@Test
	void ownConnectionDetailsWin() {
		Seed seed = Seed.of("container:32768");
		this.runner.withBean(ClusterConnectionDetails.class, () -> () -> List.of(seed))
			.withPropertyValues("cluster.seeds=10.0.0.1")
			.run((context) -> {
				assertThat(context).hasSingleBean(ClusterConnectionDetails.class);
				assertThat(context.getBean(NodeLookup.class).lookUp(InetAddress.getLoopbackAddress()).places())
					.containsExactly(seed);
			});
	}

	@Test
	void badSeedNamesTheProperty() {
		this.runner.withPropertyValues("cluster.seeds=10.0.0.1:port")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("cluster.seeds")
				.contains("10.0.0.1:port"));
	}

	@Test
	void typeChoosesTheLookup() {
		this.runner.withPropertyValues(TYPE + "dns", "cluster.discovery.dns.name=chat.shop.svc")
			.run((context) -> assertThat(lookup(context)).isEqualTo("DnsLookup"));
		this.runner.withPropertyValues(TYPE + "multicast")
			.run((context) -> assertThat(lookup(context)).isEqualTo("MulticastRequests"));
		this.runner.withBean(DataSource.class, JdbcDataSource::new)
			.withPropertyValues(TYPE + "jdbc")
			.run((context) -> assertThat(lookup(context)).isEqualTo("NodeTable"));
		this.runner.withPropertyValues(TYPE + "kubernetes", LABELS, NAMESPACE, "KUBERNETES_SERVICE_HOST=10.96.0.1")
			.run((context) -> assertThat(lookup(context)).isEqualTo("KubernetesLookup"));
	}

	@Test
	void ownLookupWins() {
		NodeLookup own = NodeLookups.listed(List.of(), List.of());
		this.runner.withBean(NodeLookup.class, () -> own)
			.withPropertyValues(TYPE + "dns")
			.run((context) -> assertThat(context).getBean(NodeLookup.class).isSameAs(own));
	}

	@ParameterizedTest
	@CsvSource({ "dns,cluster.discovery.dns.name", "kubernetes,cluster.discovery.kubernetes.labels",
			"jdbc,cluster.discovery.type", "carrier-pigeon,cluster.discovery.type" })
	void missingPropertyOfATypeIsNamed(String type, String property) {
		this.runner.withPropertyValues(TYPE + type)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription()).contains(property));
	}

	@Test
	void outsideOfAPodKubernetesNeedsItsServer() {
		this.runner.withPropertyValues(TYPE + "kubernetes", LABELS, NAMESPACE)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("cluster.discovery.kubernetes.server"));
	}

	@Test
	void severalDataSourcesNeedAPrimaryOne() {
		this.runner.withBean("one", DataSource.class, JdbcDataSource::new)
			.withBean("two", DataSource.class, JdbcDataSource::new)
			.withPropertyValues(TYPE + "jdbc")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription()).contains("primary"));
	}

	@Test
	void kubernetesClientMayBeAbsent() {
		ApplicationContextRunner without = this.runner.withClassLoader(new FilteredClassLoader(Client.class));
		without.run((context) -> assertThat(lookup(context)).isEqualTo("ListedNodes"));
		without.withPropertyValues(TYPE + "kubernetes", LABELS)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("jgroups-kubernetes"));
	}

	@Test
	void databaseMayBeAbsent() {
		this.runner.withClassLoader(new FilteredClassLoader("org.h2", "org.postgresql"))
			.run((context) -> assertThat(lookup(context)).isEqualTo("ListedNodes"));
	}

	@ParameterizedTest
	@CsvSource({ "classpath:nowhere.xml,nowhere.xml", "classpath:META-INF/spring.factories,spring.factories" })
	void xmlThatCannotBeUsedIsNamed(String location, String file) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, ClusterAutoConfiguration.class))
			.withPropertyValues("cluster.jgroups.config=" + location)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("cluster.jgroups.config")
				.contains(file));
	}

	@ParameterizedTest
	@CsvSource({ "UDP,UDP", "TCP_NIO2,TCP_NIO2", "TCP tls.enabled=\"true\",TLS of its own" })
	void xmlToWhichACookieDoesNotApplyIsRefused(String transport, String named, @TempDir Path directory)
			throws Exception {
		Path xml = Files.writeString(directory.resolve("my.xml"),
				"<config xmlns=\"urn:org:jgroups\"><" + transport + " bind_addr=\"127.0.0.1\"/></config>");
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, ClusterAutoConfiguration.class))
			.withPropertyValues("cluster.jgroups.config=file:" + xml, "cluster.cookie=secret")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("cluster.jgroups.config")
					.contains(named)
					.contains("cluster.cookie")
					.contains("cluster.ssl.bundle");
				assertThat(analysis.getAction()).contains("remove cluster.cookie");
			});
	}

	@Test
	void propertiesOfOtherTypesAreNotIgnoredSilently(CapturedOutput output) {
		this.runner
			.withPropertyValues(TYPE + "multicast", "cluster.seeds=10.0.0.1", "cluster.discovery.dns.server=10.0.0.2",
					"cluster.discovery.jdbc.create-table=true", "cluster.discovery.multicast.port=7556")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("cluster.discovery.dns have no effect")
			.contains("cluster.discovery.jdbc have no effect")
			.contains("seeds [10.0.0.1] have no effect")
			.contains("cluster.discovery.type is 'multicast'")
			.doesNotContain("cluster.discovery.multicast have");
	}

	@Test
	void withAnXmlDiscoveryHasNoEffect(CapturedOutput output) {
		this.runner
			.withPropertyValues("cluster.jgroups.config=classpath:jgroups.xml", "cluster.outbox.timeout=1s",
					TYPE + "kubernetes", "cluster.discovery.dns.name=chat", "cluster.port-range=3")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("cluster.discovery.dns have no effect")
			.contains("cluster.outbox have no effect")
			.contains("cluster.discovery.type has no effect")
			.contains("cluster.port-range has no effect")
			.doesNotContain("cluster.port has")
			.doesNotContain("cluster.failure-detection have")
			.contains("cluster.jgroups.config defines");
	}

	@Test
	void mistakesAreExplained() {
		FailureAnalysis few = analysis(new TooFewNodesException("chat", 2, 3, SyncTimeout.of("10s")));
		assertThat(few.getDescription()).contains("'chat' had 2 of the 3", "cluster.sync-nodes-minimum", "10000 ms");
		FailureAnalysis xml = analysis(
				new JGroupsConfigException(new ByteArrayResource(new byte[0], "my.xml"), new Exception("no XML")));
		assertThat(xml.getDescription()).contains("cluster.jgroups.config", "my.xml", "no XML");
	}

	private static FailureAnalysis analysis(Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class,
					SpringFactoriesLoader.ArgumentResolver.of(Environment.class, new StandardEnvironment()),
					SpringFactoriesLoader.FailureHandler.logging(LogFactory.getLog(DiscoveryConfigurationTests.class)))
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow();
	}

	private static String lookup(ApplicationContext context) {
		NodeLookup lookup = context.getBean(NodeLookup.class);
		List<Protocol> protocols = lookup.protocols();
		return (protocols.isEmpty() ? lookup : protocols.get(0)).getClass().getSimpleName();
	}

}
