package io.clusterspring.autoconfigure.test;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

import io.clusterspring.Cluster;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the contexts of an application's own tests. The application is configured for
 * production: it would wait for its mandatory nodes without an end.
 */
@Timeout(300)
class AloneInTestsTests {

	private static final String PRODUCTION = "spring.config.additional-location=classpath:suite/";

	@Test
	void contextOfAPlainTestIsAlone() {
		ManagedCluster cluster = load(Plain.class).getBean(ManagedCluster.class);
		assertThat(cluster.name()).matches("shop-[0-9a-f]{8}");
		assertThat(cluster.view().nodes()).containsExactly(Node.of("n1@127.0.0.1"));
		assertThat(cluster.syncReport()).satisfies((report) -> {
			assertThat(Objects.requireNonNull(report).listed()).isEmpty();
			assertThat(report.minimum()).isZero();
		});
		assertThat(load(Plain.class).getBeansOfType(LocalNetwork.class)).hasSize(1);
	}

	@Test
	void eachContextHasANameOfItsOwnAndIsCached() {
		String name = load(Plain.class).getBean(Cluster.class).name();
		assertThat(load(Plain.class).getBean(Cluster.class).name()).isEqualTo(name);
		assertThat(load(AnotherContext.class).getBean(Cluster.class).name()).isNotEqualTo(name);
	}

	@Test
	void cachedContextThatIsPausedDoesNotWaitWhenItGoesOn() {
		ConfigurableApplicationContext context = load(Plain.class);
		context.pause();
		assertThat(context.getBean(ManagedCluster.class).isRunning()).isFalse();
		context.restart();
		assertThat(context.getBean(ManagedCluster.class).isRunning()).isTrue();
	}

	@Test
	void clusterIsAsConfiguredWithTheAnnotation() {
		assertAsConfigured(load(ByAnnotation.class).getEnvironment());
	}

	@Test
	void clusterIsAsConfiguredWithTheProperty() {
		assertAsConfigured(load(ByProperty.class).getEnvironment());
	}

	@Test
	void clusterIsAsConfiguredIfTheTestChoosesAnotherTransport() {
		assertAsConfigured(load(ByTransport.class).getEnvironment());
	}

	@Test
	void annotationComesBeforeTheProperty() {
		assertThat(load(AloneByAnnotation.class).getEnvironment().getProperty("cluster.transport")).isEqualTo("local");
	}

	@Test
	void subclassesAndPlainSpringTestsAreAlikeAlone() {
		assertAsConfigured(load(Subclass.class).getEnvironment());
		assertThat(load(PlainSpring.class).getEnvironment().getProperty("cluster.transport")).isEqualTo("local");
	}

	@Test
	void propertiesOfTheTestComeFirst() {
		Cluster cluster = load(OwnProperties.class).getBean(Cluster.class);
		assertThat(cluster.name()).isEqualTo("suite-rooms");
		assertThat(cluster.self()).isEqualTo(Node.of("n7@local"));
	}

	private static void assertAsConfigured(Environment environment) {
		assertThat(environment.getProperty("cluster.name")).isEqualTo("production");
		assertThat(environment.getProperty("cluster.transport")).isNotEqualTo("local");
		assertThat(environment.getProperty("cluster.sync-nodes-timeout")).isEqualTo("infinity");
		assertThat(environment.getProperty("cluster.sync-nodes-mandatory")).contains("n2@127.0.0.1:18941");
	}

	private static ConfigurableApplicationContext load(Class<?> test) {
		return (ConfigurableApplicationContext) new TestContextManager(test).getTestContext().getApplicationContext();
	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = App.class, properties = PRODUCTION)
	static class Plain {

	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = App.class,
			properties = { PRODUCTION, "another=context" })
	static class AnotherContext {

	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = App.class,
			properties = { PRODUCTION, "cluster.name=suite-rooms" })
	@TestPropertySource(properties = "cluster.node=n7@local")
	static class OwnProperties {

	}

	@AutoConfigureCluster(alone = false)
	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = Empty.class, properties = PRODUCTION)
	static class ByAnnotation {

	}

	static class Subclass extends ByAnnotation {

	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = Empty.class,
			properties = { PRODUCTION, "cluster.test.alone=false" })
	static class ByProperty {

	}

	@AutoConfigureCluster
	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = Empty.class,
			properties = { PRODUCTION, "cluster.test.alone=false" })
	static class AloneByAnnotation {

	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = Empty.class,
			properties = { PRODUCTION, "cluster.transport=jgroups" })
	static class ByTransport {

	}

	@ContextConfiguration(classes = Empty.class)
	static class PlainSpring {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TaskExecutionAutoConfiguration.class, ClusterAutoConfiguration.class })
	static class App {

	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
