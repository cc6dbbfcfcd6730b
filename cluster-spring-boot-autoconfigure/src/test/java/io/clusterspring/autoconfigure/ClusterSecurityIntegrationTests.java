package io.clusterspring.autoconfigure;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.Cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ClusterSecurityIntegrationTests {

	private static final String COOKIE = "--cluster.cookie=correct-horse";

	private static final String OTHER_COOKIE = "--cluster.cookie=battery-staple";

	private static final String REFUSED = "Not connected with 127.0.0.1";

	private static final int PORT = 28420;

	private static final String XML = """
			<config xmlns="urn:org:jgroups">
				<TCP bind_addr="127.0.0.1" bind_port="29400" port_range="3"/>
				<TCPPING initial_hosts="127.0.0.1[29400]" port_range="3"/>
				<MERGE3 min_interval="300" max_interval="1000"/>
				<FD_SOCK2/>
				<pbcast.NAKACK2/>
				<UNICAST3/>
				<pbcast.STABLE/>
				<pbcast.GMS print_local_addr="false" join_timeout="2000"/>
			</config>
			""";

	@TempDir
	private static Path directory;

	private static List<String> ours;

	private static List<String> foreign;

	private final String cluster = "secure-" + UUID.randomUUID();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@BeforeAll
	static void createKeystores() {
		Keystores keystores = new Keystores(directory);
		ours = and(keystores.bundle("nodes", "ours"), "--cluster.ssl.bundle=nodes");
		foreign = and(keystores.bundle("nodes", "foreign"), "--cluster.ssl.bundle=nodes");
	}

	@AfterEach
	void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void nodesWithOneCookieFormACluster(CapturedOutput output) {
		Cluster first = run("n1", COOKIE);
		Cluster second = run("n2", COOKIE);
		seeEachOther(first, second);
		assertThat(output).doesNotContain("correct-horse").doesNotContain(REFUSED);
	}

	@Test
	void nodeWithAnotherCookieStaysOut(CapturedOutput output) {
		Cluster first = run("n1", COOKIE);
		Cluster second = run("n2", OTHER_COOKIE);
		Cluster third = run("n3", COOKIE);
		staysOut(second, first, third);
		saidOnceByEach(output, "wrong cookie", "wrong cookie");
		assertThat(output).doesNotContain("correct-horse").doesNotContain("battery-staple");
	}

	@Test
	void nodeOfAnotherClusterStaysOut(CapturedOutput output) {
		Cluster first = run("n1", COOKIE);
		Cluster second = run("n2", COOKIE, "--cluster.name=another");
		Cluster third = run("n3", COOKIE);
		staysOut(second, first, third);
		saidOnceByEach(output, "it is of cluster 'another'", "this node of 'another'");
	}

	@Test
	void nodeWithoutTheCookieOfTheOthersStaysOut(CapturedOutput output) {
		Cluster first = run("n1", COOKIE);
		Cluster second = run("n2");
		Cluster third = run("n3", COOKIE);
		staysOut(second, first, third);
		saidOnceByEach(output, "it has no cookie, this node has one",
				"it has a cookie (cluster.cookie), this node has");
	}

	@Test
	void shortCookieIsWarnedOf(CapturedOutput output) {
		run("n1", COOKIE);
		assertThat(output).contains("cluster.cookie is short").doesNotContain("correct-horse");
	}

	@Test
	void nodesWithCertificatesFormACluster(CapturedOutput output) {
		Cluster first = run("n1", ours);
		Cluster second = run("n2", ours);
		seeEachOther(first, second);
		assertThat(output).doesNotContain(REFUSED);
	}

	@Test
	void nodesWithCertificatesAndCookieFormACluster() {
		seeEachOther(run("n1", and(ours, COOKIE)), run("n2", and(ours, COOKIE)));
	}

	@Test
	void nodeWithAnotherCookieWithinTlsStaysOut(CapturedOutput output) {
		Cluster first = run("n1", and(ours, COOKIE));
		Cluster second = run("n2", and(ours, OTHER_COOKIE));
		Cluster third = run("n3", and(ours, COOKIE));
		staysOut(second, first, third);
		saidOnceByEach(output, "wrong cookie", "wrong cookie");
	}

	@Test
	void nodeWithoutTlsStaysOut(CapturedOutput output) {
		Cluster first = run("n1", ours);
		Cluster second = run("n2");
		Cluster third = run("n3", ours);
		staysOut(second, first, third);
		saidOnceByEach(output, "it has no TLS, this node has", "it has TLS (cluster.ssl.bundle), this node has not");
	}

	@Test
	void nodeWithAnUntrustedCertificateStaysOut(CapturedOutput output) {
		Cluster first = run("n1", ours);
		Cluster second = run("n2", foreign);
		Cluster third = run("n3", ours);
		staysOut(second, first, third);
		assertThat(refusals(output)).allMatch((line) -> line.contains("certificate"));
	}

	@Test
	void xmlIsGuardedAsWell(CapturedOutput output) throws Exception {
		Path xml = Files.writeString(directory.resolve("my.xml"), XML);
		String config = "--cluster.jgroups.config=file:" + xml;
		Cluster first = run("n1", and(ours, COOKIE, config));
		Cluster second = run("n2", and(ours, COOKIE, config));
		seeEachOther(first, second);
		assertThat(run("n3", COOKIE, config).view().nodes()).hasSize(1);
		assertThat(run("n3", and(ours, OTHER_COOKIE, config)).view().nodes()).hasSize(1);
		assertThat(first.view().nodes()).hasSize(2);
		await().untilAsserted(() -> assertThat(output).contains("it has no TLS, this node has")
			.contains("wrong cookie")
			.contains("FD_SOCK2 of the JGroups XML listens on a port of its own"));
	}

	@Test
	void clientWithoutCertificateIsRefused() throws Exception {
		run("n1", ours);
		SslBundle bundle = this.contexts.get(0).getBean(SslBundles.class).getBundle("nodes");
		SSLContext trusting = SSLContext.getInstance("TLS");
		trusting.init(null, bundle.getManagers().getTrustManagers(), null);
		SSLSocketFactory factory = trusting.getSocketFactory();
		try (Socket plain = new Socket("127.0.0.1", PORT)) {
			plain.getOutputStream().write("cluster3\2".getBytes(StandardCharsets.US_ASCII));
			assertThat(plain.getInputStream().readNBytes(9)).startsWith("cluster3".getBytes(StandardCharsets.US_ASCII));
			SSLSocket socket = (SSLSocket) factory.createSocket(plain, "127.0.0.1", PORT, true);
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> {
				socket.startHandshake();
				socket.getInputStream().read();
			}).withMessageContaining("certificate");
		}
	}

	@Test
	void certificateIsReplacedWithoutARestart() {
		Cluster first = run("n1", foreign);
		Cluster second = run("n2", ours);
		assertThat(second.view().nodes()).hasSize(1);
		SslBundle replacement = this.contexts.get(1).getBean(SslBundles.class).getBundle("nodes");
		this.contexts.get(0).getBean(SslBundleRegistry.class).updateBundle("nodes", replacement);
		seeEachOther(first, second);
	}

	@Test
	void missingMandatoryNodeWithAnotherCookieIsAnalyzed(CapturedOutput output) {
		run("n1", COOKIE);
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> run("n2", OTHER_COOKIE, "--cluster.sync-nodes-mandatory=n1@127.0.0.1:" + PORT));
		assertThat(output).contains("Mandatory nodes were not seen")
			.contains("wrong cookie")
			.contains("Give all nodes of the cluster the same cluster.cookie.");
	}

	@Test
	void unknownBundleIsAnalyzed(CapturedOutput output) {
		List<String> unknown = ours.stream().map((one) -> one.replace("bundle=nodes", "bundle=nods")).toList();
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> run("n1", unknown));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value 'nods' for configuration property 'cluster.ssl.bundle'")
			.contains("known bundles are nodes");
	}

	@Test
	void blankCookieIsAnalyzed(CapturedOutput output) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> run("n1", "--cluster.cookie= "));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("cluster.cookie")
			.contains("The cookie is blank");
	}

	private static void seeEachOther(Cluster... all) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			for (Cluster one : all) {
				assertThat(one.view().nodes()).hasSize(all.length);
			}
		});
	}

	private static void staysOut(Cluster stranger, Cluster first, Cluster third) {
		seeEachOther(first, third);
		assertThat(stranger.view().nodes()).hasSize(1);
		assertThat(first.view().id()).as("views of the first node: alone, with the third").isEqualTo(2);
	}

	private static void saidOnceByEach(CapturedOutput output, String one, String other) {
		List<String> lines = refusals(output);
		assertThat(lines).anyMatch((line) -> line.contains(one)).anyMatch((line) -> line.contains(other));
	}

	private static List<String> refusals(CapturedOutput output) {
		await().during(Duration.ofSeconds(2))
			.atMost(Duration.ofSeconds(20))
			.until(() -> output.getAll().lines().filter((line) -> line.contains(REFUSED)).count() == 3);
		return output.getAll().lines().filter((line) -> line.contains(REFUSED)).toList();
	}

	private Cluster run(String name, String... more) {
		return run(name, List.of(more));
	}

	private Cluster run(String name, List<String> more) {
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=" + this.cluster,
				"--cluster.node=" + listed(name), "--cluster.sync-nodes-timeout=1500",
				"--cluster.sync-nodes-optional=" + listed("n1") + "," + listed("n2"),
				"--spring.main.register-shutdown-hook=false"));
		arguments.addAll(more);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
		this.contexts.add(context);
		return context.getBean(Cluster.class);
	}

	private static String listed(String name) {
		return name + "@127.0.0.1:" + (PORT + Integer.parseInt(name.substring(1)) - 1);
	}

	private static List<String> and(List<String> some, String... more) {
		List<String> all = new ArrayList<>(some);
		all.addAll(List.of(more));
		return all;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			ClusterAutoConfiguration.class })
	static class App {

	}

}
