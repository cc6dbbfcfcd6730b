package io.clusterspring.dashboard;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.config.WebSocketMessageBrokerStats;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.autoconfigure.StompAutoConfiguration;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.server.ChannelStatistics;
import io.clusterspring.mailbox.ExecutorWatch;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for the dashboard, if the endpoint {@code clusterDashboard} is
 * exposed. Nothing is sampled otherwise.
 */
@AutoConfiguration(
		after = { PubSubAutoConfiguration.class, ChannelAutoConfiguration.class, StompAutoConfiguration.class })
@ImportRuntimeHints(PageHints.class)
@ConditionalOnBean(ManagedCluster.class)
@ConditionalOnWebApplication
@ConditionalOnAvailableEndpoint(DashboardEndpoint.class)
public final class ClusterDashboardAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DashboardEndpoint clusterDashboardEndpoint(ManagedCluster cluster, Sampler sampler,
			ObjectProvider<PathMappedEndpoints> endpoints, ObjectProvider<PageAnswers> answers) {
		return new DashboardEndpoint(cluster, sampler, new PageLinks(endpoints::getIfAvailable),
				answers.getIfAvailable(PageAnswers::plain));
	}

	// behind the one that reads management.endpoints.web.path-mapping
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	static PathMapper clusterDashboardPathMapper() {
		return (id) -> id.equals(PageLinks.PAGE) ? "cluster-dashboard" : null;
	}

	@Bean
	@ConditionalOnMissingBean
	Sampler clusterDashboardSampler(ObjectProvider<Readings> readings) {
		return new Sampler(readings.stream().flatMap((each) -> each.list().stream()).toList(), System::nanoTime);
	}

	@Bean
	@ConditionalOnMissingBean
	SamplesSection clusterDashboardSamplesSection(ManagedCluster cluster, Sampler sampler) {
		return new SamplesSection(cluster.self(), sampler);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ClusterPubSub.class)
	static class OfCluster {

		@Bean
		ClusterReadings clusterDashboardClusterReadings(ClusterWire wire, ClusterTransport transport,
				ClusterPubSub pubSub, ObjectProvider<ExecutorWatch> watch) {
			return new ClusterReadings(wire, transport, pubSub, watch.getIfAvailable());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChannelServer.class)
	@ConditionalOnBean(ChannelServer.class)
	static class OfChannels {

		@Bean
		Readings clusterDashboardChannelReadings(ChannelServer server) {
			ChannelStatistics statistics = server.statistics();
			return () -> List.of(Reading.level("sockets", statistics::sockets),
					Reading.level("channels", statistics::channels),
					Reading.rate("connects", statistics::acceptedSockets),
					Reading.level("outboxBytes", statistics::outboxBytes));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebSocketMessageBrokerStats.class)
	@ConditionalOnBean(WebSocketMessageBrokerStats.class)
	static class OfStomp {

		@Bean
		StompReadings clusterDashboardStompReadings(WebSocketMessageBrokerStats stats) {
			return new StompReadings(stats);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(DispatcherServlet.class)
	static class OnSpringMvc {

		@Bean
		PageAnswers clusterDashboardAnswers() {
			return PageAnswers.withHeaders();
		}

	}

}
