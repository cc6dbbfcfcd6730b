package io.clusterspring.dashboard;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.autoconfigure.StompAutoConfiguration;
import io.clusterspring.channel.server.ChannelServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClusterDashboardAutoConfiguration}.
 */
class ClusterDashboardAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ClusterAutoConfiguration.class,
			PubSubAutoConfiguration.class, ChannelAutoConfiguration.class, StompAutoConfiguration.class,
			JacksonAutoConfiguration.class, ClusterDashboardAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues("cluster.transport=local", "cluster.name=dashboard-" + UUID.randomUUID(),
				"management.endpoints.web.exposure.include=cluster,cluster-dashboard");

	@Test
	void thereIsNothingUnlessTheEndpointIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health,cluster")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(DashboardEndpoint.class)
				.doesNotHaveBean(Sampler.class));
	}

	@Test
	void itIsExposedByEitherWayOfWritingItsName() {
		for (String name : List.of("cluster-dashboard", "clusterDashboard", "clusterdashboard", "*")) {
			this.runner.withPropertyValues("management.endpoints.web.exposure.include=" + name)
				.run((context) -> assertThat(context).hasSingleBean(DashboardEndpoint.class));
		}
	}

	@Test
	void itCanBeTurnedOff() {
		this.runner.withPropertyValues("management.endpoint.cluster-dashboard.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardEndpoint.class));
	}

	@Test
	void samplesHaveTheFiguresOfAllThatIsThere() {
		this.runner.run((context) -> {
			SamplesDescription samples = context.getBean(Sampler.class).after("n1@local", "", 0);
			assertThat(samples.series()).containsKeys("messagesSent", "framesReceived", "waiting", "lost", "heapUsed",
					"sockets", "connects");
			assertThat(samples.ages()).hasSize(1);
			assertThat(context.getBean(Sampler.class).isRunning()).isTrue();
		});
	}

	@Test
	void itWorksWithoutChannelsAndWithoutStomp() {
		this.runner
			.withClassLoader(new FilteredClassLoader(ChannelServer.class.getPackageName(), "io.clusterspring.stomp",
					"org.springframework.web.socket", "org.springframework.messaging"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(DashboardEndpoint.class);
				assertThat(context.getBean(Sampler.class).after("n1@local", "", 0).series()).containsKey("heapUsed")
					.doesNotContainKeys("sockets", "stompSessions");
			});
	}

	@Test
	void itsPathCanBeMappedAndOthersAreLeftAlone() {
		this.runner.run((context) -> {
			PathMapper mapper = context.getBean(PathMapper.class);
			assertThat(mapper.getRootPath(PageLinks.PAGE)).isEqualTo("cluster-dashboard");
			assertThat(mapper.getRootPath(EndpointId.of("health"))).isNull();
		});
	}

	@Test
	void anApplicationWithoutAWebServerHasNone() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("cluster.transport=local", "cluster.name=dashboard-" + UUID.randomUUID(),
					"management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardEndpoint.class));
	}

}
