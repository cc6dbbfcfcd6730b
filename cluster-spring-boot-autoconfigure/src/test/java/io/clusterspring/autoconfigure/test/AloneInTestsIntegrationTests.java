package io.clusterspring.autoconfigure.test;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestContextManager;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A suite of tests on a machine on which the application already runs, with the same
 * configuration.
 */
class AloneInTestsIntegrationTests {

	private static final String NAME = "cluster.name=suite-" + UUID.randomUUID();

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Node RUNNING = Node.of("running@127.0.0.1");

	private static ConfigurableApplicationContext running;

	@BeforeAll
	static void run() {
		System.setProperty("cluster.name", NAME.split("=")[1]);
		System.setProperty("cluster.seeds", RUNNING + ":18945");
		running = new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
			.run("--cluster.node=" + RUNNING + ":18945");
	}

	@AfterAll
	static void stop() {
		System.clearProperty("cluster.name");
		System.clearProperty("cluster.seeds");
		SpringApplication.exit(running);
	}

	@Test
	void suiteDoesNotJoinTheApplicationThatRuns() throws Exception {
		TestContextManager suite = new TestContextManager(Plain.class);
		Cluster cluster = suite.getTestContext().getApplicationContext().getBean(Cluster.class);
		assertThat(cluster.view().nodes()).hasSize(1);
		assertThat(cluster.name()).isNotEqualTo(running.getBean(Cluster.class).name());
		suite.afterTestClass();
	}

	@Test
	void testThatWantsTheRealClusterJoinsIt() throws Exception {
		TestContextManager suite = new TestContextManager(Real.class);
		Cluster cluster = suite.getTestContext().getApplicationContext().getBean(Cluster.class);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(cluster.view().nodes()).hasSize(2).contains(RUNNING));
		suite.getTestContext().markApplicationContextDirty(DirtiesContext.HierarchyMode.EXHAUSTIVE);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(running.getBean(Cluster.class).view().nodes()).containsExactly(RUNNING));
	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = App.class)
	static class Plain {

	}

	@AutoConfigureCluster(alone = false)
	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = App.class)
	static class Real {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TaskExecutionAutoConfiguration.class, ClusterAutoConfiguration.class })
	static class App {

	}

}
